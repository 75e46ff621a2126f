import test from "ava";
import { ask, install, isThere, until, type Installed } from "./webmention/installed.testing.ts";

// Two installations, two server processes, that only know each other over HTTP.
const check = isThere ? test : test.skip;
if (!isThere) test.skip("two installations talk (plugins/webmention is not there)", () => {});

const shows = (url: string, words: string | RegExp, isShown = true) =>
  until(async () => (await ask(url)).text.search(words) >= 0 === isShown);

check("two installations: a reply appears, is edited, is answered in turn, and goes", async (t) => {
  const [kim, lee] = (await Promise.all([install(t, { host: "127.0.0.1" }), install(t, { host: "127.0.0.2" })])) as [
    Installed,
    Installed,
  ];
  t.not(new URL(kim.blogUrl).host, new URL(lee.blogUrl).host);
  const post = await kim.publish({ content: "Hello from here" });

  const reply = await lee.publish({ content: "Hello from there", properties: { "in-reply-to": [post.url] } });
  await shows(post.url, "Hello from there");
  const page = (await ask(post.url)).text;
  t.regex(page, new RegExp(`class="[^"]*h-cite u-comment[^]*href="${reply.url}"`));
  t.regex(page, /rel="[^"]*ugc/);

  await lee.publish({ id: reply.id, content: "Hello from there, edited" });
  await shows(post.url, "Hello from there, edited");
  t.is((await ask(post.url)).text.split("h-cite").length, 2, "one comment, not two");

  const answer = await kim.publish({ content: "Thank you", properties: { "in-reply-to": [reply.url] } });
  await shows(reply.url, "Thank you");
  t.regex((await ask(reply.url)).text, new RegExp(`href="${answer.url}"`));

  await lee.remove(reply);
  await shows(post.url, "Hello from there", false);
  t.is((await ask(reply.url)).status, 410);
  await lee.restore(reply);
  await shows(post.url, "Hello from there, edited");

  for (const side of [kim, lee]) {
    await side.settled();
    t.deepEqual(await side.query("SELECT name, last_error FROM jobs WHERE state = 'dead'"), []);
  }
});

check("two blogs of one installation talk though the network is closed: a reply appears, is edited, goes", async (t) => {
  const one = await install(t, { isPrivateOpen: false });
  const garden = await one.addBlog("garden");
  const post = await one.publish({ content: "Hello from kim" });
  const reply = await garden.publish({ content: "Hello from the garden", properties: { "in-reply-to": [post.url] } });
  await shows(post.url, "Hello from the garden");
  await garden.publish({ id: reply.id, content: "Green greetings" });
  await shows(post.url, "Green greetings");
  t.is((await ask(post.url)).text.split("h-cite").length, 2);
  await garden.remove(reply);
  await shows(post.url, "Green greetings", false);
});
