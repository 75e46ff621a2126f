import test from "ava";
import { open } from "./replies.testing.ts";

test("below a post stands a way to answer it here; not below pages, nor what the timeline does not know", async (t) => {
  const { host, lee, post, blogOf } = await open(t);
  const read = async (url: string) => {
    const { host: blog, pathname: path } = new URL(url);
    return (await host.request({ host: blog, path })).text;
  };
  const way = /<a rel="nofollow" href="http[^"]+\/replies\/to\/(\d+)">Reply at hub\.example/;

  t.is(way.exec(await read(post.url))?.[1], String(post.number));
  const old = await host.publish({ text: "Old reeds", publishedAt: "2020-01-02T03:04:05.000Z" } as never, blogOf(lee), lee);
  t.notRegex(await read(old.url), way, "nobody has told the timeline yet");
  await host.runJobs();
  const page = await host.publish({ title: "About", text: "Reeds", kind: "page" } as never, blogOf(lee), lee);
  t.regex(await read(page.url), /About/);
  t.notRegex(await read(page.url), way);
  t.notRegex(await read("http://lee.example/"), way, "only on a post's own page");
  t.deepEqual(host.failures(), []);
});
