import test from "ava";
import { definePlugin } from "rookery/plugin";
import "../api.ts";
import timeline from "../plugin.ts";
import { open, words } from "../timeline.testing.ts";

// Keeps whoever is named here out of timelines, as a plugin that moderates does.
const limited = new Set<string>();
const asked = new Map<string, string>();
const warden = definePlugin({
  id: "warden",
  name: "Warden",
  description: "Keeps some out.",
  version: "1.0.0",
  api: 1,
  scope: "network",
  requires: { plugins: { timeline: "^1" } },
  hooks: {
    "timeline.spread": ({ accountId, html, key }) => {
      asked.set(html.replace(/<[^>]*>/g, "").trim(), key);
      return limited.has(accountId) ? { refuse: "Not yet." } : null;
    },
  },
});

const around = `${import.meta.dirname}/..`;

test("what a guard refuses is seen by its author alone, until it is released or dropped", async (t) => {
  const plugins = [{ plugin: timeline, folder: around }, warden] as never;
  const { host, store, kim, lee, ana, follow, say } = await open(t, { plugins });
  t.teardown(() => limited.clear());
  await follow(kim.id, "lee");
  const before = await say(lee, "Before");
  await host.runJobs();
  limited.add(lee.id);
  const kept = await say(lee, "Kept, @kim");
  await host.edit(before, { slug: "before" });
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), ["Before"], "what says the same is not asked for");
  await host.edit(before, { text: "Before, edited" });
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), [], "what is changed is");
  t.deepEqual(words(await store.profile(kim.id, lee.id)), []);
  t.deepEqual(words(await store.localPosts()), []);
  await store.drop(lee.id, [asked.get("Before, edited")!, "no key"]);
  await store.release(lee.id, [asked.get("Before, edited")!, "no key"]);
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), ["Before, edited"], "what was there is not dropped, and comes back alone");
  t.deepEqual(words(await store.mentions(kim.id)), []);
  t.deepEqual(words(await store.localPosts()), ["Before, edited"]);
  t.is(await store.item(null, kept.number), null);
  t.is(await store.conversation(kim.id, kept.number), null);
  t.deepEqual(words(await store.home(lee.id)), ["Kept, @kim", "Before, edited"], "its author sees it");
  t.deepEqual(words(await store.profile(lee.id, lee.id)), ["Kept, @kim", "Before, edited"]);
  t.truthy(await store.conversation(lee.id, kept.number));
  await host.edit(kept, { text: "Kept, edited, @kim" });
  await follow(ana.id, "lee");
  await host.runJobs();
  t.is((await store.home(ana.id)).items.length, 1, "an edit brings it nowhere, nor does following");

  limited.clear();
  await store.release(lee.id);
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), ["Kept, edited, @kim", "Before, edited"]);
  t.is((await store.home(ana.id)).items.length, 2);
  t.is((await store.mentions(kim.id)).items.length, 1);
  t.is(host.events("timeline.received" as never).length, 2, "told once when it is there for all");

  limited.add(lee.id);
  const dropped = await say(lee, "Dropped");
  await host.runJobs();
  await store.drop(lee.id);
  await store.drop("no id");
  await store.release("no id");
  await host.runJobs();
  t.is(await store.numberOf(dropped.url), null);
  t.is(await store.numberOf(kept.url), kept.number);
  t.is((await store.home(lee.id)).items.length, 2);
  t.deepEqual(host.failures(), []);
});

test("what somebody says outside of blogs is theirs; conversations and posts of this installation are found", async (t) => {
  const { host, store, kim, lee, follow, say } = await open(t);
  await follow(kim.id, "lee");
  const post = await say(lee, "Reeds", { photos: [{ url: "https://lee.example/reeds.jpg", alt: "" }] });
  const words2 = await say(kim, "Nobody answers");
  await host.runJobs();
  const own = { accountId: lee.id, publishedAt: host.clock.now().toISOString() };
  const reply = { ...own, key: "1", url: "https://hub.example/replies/1", html: "<p>So true<script>x</script></p>" };
  const number = await store.putOwn({ ...reply, replyTo: "https://una.example/1" });
  t.is(await store.putOwn({ ...reply, html: "<p>So true, @kim</p>", replyTo: words2.url }), number);
  const called = await store.putOwn({ ...own, key: "2", url: "https://hub.example/replies/2", html: "@kim look", replyTo: "" });
  await host.runJobs();

  t.like(await store.item(null, number), { kind: "reply", author: { handle: "lee" }, isConversation: true });
  t.like(await store.item(null, called), { kind: "mention", isConversation: false });
  t.is((await store.mentions(kim.id)).items.length, 2);
  t.is((await store.home(kim.id)).items.length, 4);
  const flags = Object.fromEntries((await store.home(kim.id)).items.map((one) => [one.number, one.isConversation]));
  t.deepEqual(flags, { [post.number]: false, [words2.number]: true, [number]: true, [called]: false });
  await t.throwsAsync(store.putOwn({ ...reply, accountId: "nobody", replyTo: "" }), { name: "PublicError" });
  await store.remove(lee.id, ["1"]);
  t.is(await store.item(null, number), null);
  t.false((await store.item(null, words2.number))!.isConversation);

  const found = async (wish: object) => words(await store.localPosts(wish));
  t.deepEqual(await found({}), ["Nobody answers", "Reeds"]);
  t.deepEqual(await found({ hasPhoto: true }), ["Reeds"]);
  t.deepEqual(await found({ authorId: kim.id }), ["Nobody answers"]);
  t.deepEqual(await found({ language: "xx" }), []);
  t.deepEqual(await found({ authorId: "' OR 1" }), []);
  const first = await store.localPosts({ limit: 1 });
  t.deepEqual(await found({ before: first.next! }), ["Reeds"]);
});
