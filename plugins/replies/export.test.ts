import test from "ava";
import { open } from "./replies.testing.ts";

test("an archive has one's replies as they were written and are shown, with what they answer; of what was taken away nothing", async (t) => {
  const { host, store, kim, lee, post } = await open(t);
  const number = post.number;
  await store.reply({ accountId: kim.id, number, text: "By the **river**" });
  await store.reply({ accountId: lee.id, number, text: "Lee's own words" });
  const gone = await store.reply({ accountId: kim.id, number, text: "Never mind" });
  await host.runJobs();
  await store.remove(kim.id, gone.number);
  await host.runJobs();

  const files = await host.kept(kim);

  const [reply, ...more] = JSON.parse(files["replies/replies.json"]!) as { source: string; html: string; inReplyTo: string }[];
  t.deepEqual(more, []);
  t.is(reply!.source, "By the **river**");
  t.regex(reply!.html, /<strong>river<\/strong>/);
  t.is(reply!.inReplyTo, post.url);
  t.true(files["replies/replies.md"]!.includes(`<${post.url}>\n\nBy the **river**`));
  t.deepEqual(JSON.parse(files["replies/choices.json"]!), { copiesOnOwnBlog: false });
  t.notRegex(JSON.stringify(files), /Lee's own|Never mind/);
});
