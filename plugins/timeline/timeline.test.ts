import test from "ava";
import { pluginContract } from "rookery/testing";
import { perHourHere } from "./bounds.ts";
import { handlesIn } from "./coming/mentions.ts";
import { momentOf } from "./coming/store-item.ts";
import { hasWord } from "./reading/reader.ts";
import { open, words } from "./timeline.testing.ts";

pluginContract(test, import.meta.dirname);

test("what people one follows say stands in the timeline, in the order of time, with edits and deletes", async (t) => {
  const { host, store, kim, lee, ana, follow, say } = await open(t);
  await say(lee, "Before");
  await host.runJobs();
  t.true(await follow(kim.id, "lee"));
  t.deepEqual(words(await store.home(kim.id)), ["Before"], "the newest stand there at once");

  const reeds = await say(lee, "Reeds");
  const own = await say(kim, "Own words");
  const anas = await say(ana, "Nobody follows me");
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), ["Own words", "Reeds", "Before"]);
  const [first] = (await store.home(kim.id)).items;
  t.like(first, { number: own.number, id: own.id, author: { handle: "kim", sourceId: kim.id }, blogId: own.blogId });

  await host.edit(reeds, { text: "Reeds, edited" });
  await host.edit(anas, { text: "Still nobody" });
  await host.remove(own);
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), ["Reeds, edited", "Before"]);
  t.is(await store.item(kim.id, own.number), null);

  await host.edit(reeds, { visibility: "private" });
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), ["Before"]);
  await host.edit(reeds, { visibility: "public" });
  await say(lee, "A draft", { status: "draft" });
  await say(lee, "Between us", { visibility: "unlisted" });
  await say(lee, "About", { kind: "page", title: "About" });
  await say(lee, "Of old", { publishedAt: "2020-01-01T00:00:00.000Z" });
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), ["Reeds, edited", "Before", "Of old"]);

  // The blog and the person are two sources of the same posts.
  await follow(kim.id, "https://lee.example/");
  t.is(new Set(words(await store.home(kim.id))).size, 3);
  await store.unfollow(kim.id, lee.id);
  t.deepEqual(words(await store.home(kim.id)), ["Reeds, edited", "Before", "Of old"], "the blog is still followed");
  await store.unfollow(kim.id, reeds.blogId);
  t.deepEqual(words(await store.home(kim.id)), []);
  t.false(await store.unfollow(kim.id, reeds.blogId));
  await host.runJobs();
  await t.throwsAsync(store.follow(kim.id, kim.id), { message: /already/ });
  await t.throwsAsync(store.follow(kim.id, "no id"), { message: /nothing here/ });
  t.deepEqual(host.failures(), []);
});

test("news that comes late, or once more, brings nothing back", async (t) => {
  const { host, store, kim, lee, follow, say } = await open(t);
  const { storage } = host.house;
  await follow(kim.id, "lee");
  const reeds = await say(lee, "Reeds");
  const told = await storage.query("SELECT * FROM jobs WHERE plugin_id = 'timeline' AND name = 'event:post.published'");
  const again = async () => {
    const [job] = told;
    const names = Object.keys(job!);
    const sql = `INSERT INTO jobs (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
    await storage.write((db) => db.run(sql, Object.values(job!)));
    await host.runJobs();
    return words(await store.home(kim.id));
  };
  await host.runJobs();
  await host.edit(reeds, { text: "Terns" });
  await host.runJobs();
  t.deepEqual(await again(), ["Terns"]);
  await host.edit(reeds, { visibility: "private" });
  await host.runJobs();
  t.deepEqual(await again(), []);
  t.is(await store.item(kim.id, reeds.number), null);
});

test("what is muted or blocked is not seen, until it ends", async (t) => {
  const { host, store, kim, lee, ana, follow, say } = await open(t);
  for (const who of ["lee", "ana"]) await follow(kim.id, who);
  await say(lee, "The HERON stood");
  const herons = await say(ana, "Herons and heronries");
  await host.runJobs();
  await say(lee, "To ana", { properties: { "in-reply-to": herons.url } });
  await say(lee, "Says @ana");
  await host.runJobs();
  const seen = async () => words(await store.home(kim.id));
  t.is((await seen()).length, 4);

  const word = await store.mute(kim.id, { kind: "word", value: " Heron " });
  t.deepEqual(await seen(), ["Says @ana", "To ana", "Herons and heronries"], "only the whole word, in any letters");
  t.true(Number.isInteger(word.number) && word.number > 0);
  t.true(await store.unmute(kim.id, word.number));
  t.false(await store.unmute(lee.id, word.id));

  await store.mute(kim.id, { kind: "domain", value: "https://www.lee.example/x", until: "2026-05-02T12:00:00Z" });
  t.deepEqual(await seen(), ["Herons and heronries"]);
  host.clock.advance({ days: 2 });
  t.is((await seen()).length, 4, "it ended");
  t.deepEqual(await store.mutes(kim.id), []);

  await store.mute(kim.id, { kind: "person", value: "@Ana" });
  t.deepEqual(await seen(), ["Says @ana", "To ana", "The HERON stood"]);
  await store.mute(kim.id, { kind: "person", value: "ana", hidesReplies: true });
  t.deepEqual(await seen(), ["Says @ana", "The HERON stood"]);
  await store.mute(kim.id, { kind: "person", value: "ana", isBlock: true });
  t.deepEqual(await seen(), ["The HERON stood"]);
  t.is((await store.mutes(kim.id)).length, 1, "the same again changes it");
  t.deepEqual(
    (await store.following(kim.id)).map(({ handle }) => handle),
    ["lee"],
  );

  for (const [kind, value] of [
    ["person", ""],
    ["person", "a b"],
    ["domain", "localhost"],
    ["domain", "javascript:x"],
    ["word", "x"],
  ] as const)
    await t.throwsAsync(store.mute(kim.id, { kind, value }), { name: "PublicError" }, `${kind} ${value}`);
  await t.throwsAsync(store.mute(kim.id, { kind: "word", value: "reeds", until: "2020-01-01" }), { message: /future/ });
  t.true(hasWord("a *heron*, ", "heron") && !hasWord("heronry", "heron") && !hasWord("überheron", "heron"));
});

test("lists go on by numbers, marks are the same everywhere, and who floods fills no timeline", async (t) => {
  const { host, store, kim, lee, follow } = await open(t);
  await follow(kim.id, "lee");
  const blog = host.blogs.find(({ ownerId }) => ownerId === lee.id)!;
  await host.publish({ text: "The first of the hour" }, blog, lee);
  await host.runJobs();
  // So many more were said meanwhile.
  const [left, most] = [30, perHourHere];
  const said = "UPDATE p_timeline_sources SET window_count = ? WHERE id = ?";
  await host.house.storage.write((db) => db.run(said, [most - left, lee.id]));
  for (let at = 0; at < left + 15; at++) await host.publish({ text: `Words ${at}` }, blog, lee);
  await host.runJobs();
  t.is((await store.home(kim.id, { limit: 200 })).items.length, left + 1, "no more than that within an hour");
  t.is((await store.profile(kim.id, lee.id, { limit: 200 })).items.length, left + 16, "nothing is lost");
  host.clock.advance({ hours: 1 });
  const last = await host.publish({ text: "An hour later" }, blog, lee);
  await host.runJobs();

  const seen = [];
  for (let before: number | undefined; ;) {
    const page = await store.home(kim.id, { limit: 7, ...(before && { before }) });
    seen.push(...page.items.map(({ number }) => number));
    if (page.next === null) break;
    before = page.next;
  }
  t.is(seen.length, left + 2);
  t.is(seen[0], last.number);
  t.is(new Set(seen).size, seen.length);
  t.deepEqual(
    (await store.home(kim.id, { since: seen[3]! })).items.map(({ number }) => number),
    seen.slice(0, 3),
  );
  for (const before of [-1, 0, 1.5, 2 ** 31, 2 ** 53, Number.NaN, 2_000_000_000])
    t.deepEqual(await store.home(kim.id, { before }), { items: [], next: null }, String(before));
  for (const since of [2_000_000_000, 2 ** 31, 2 ** 53])
    t.deepEqual(await store.home(kim.id, { since }), { items: [], next: null }, `nothing is newer than ${since}`);
  t.is((await store.home(kim.id, { limit: 0 })).items.length, 0);
  t.is((await store.home(kim.id, { limit: 10_000 })).items.length, left + 2);

  t.is(await store.newer(kim.id, seen[3]!), 3);
  t.is(await store.newer(kim.id, 2_000_000_000), 0);
  const mark = (number: number, markedAt: string) => store.mark(kim.id, { channel: "timeline", number, markedAt });
  await mark(seen[3]!, "2026-05-01T12:30:00Z");
  await mark(seen[9]!, "2026-05-01T12:10:00Z");
  t.like((await store.markers(kim.id))[0], { channel: "timeline", number: seen[3]! }, "an older mark comes late");
  await mark(seen[0]!, "2099-01-01T00:00:00Z");
  t.like((await store.markers(kim.id))[0], { number: seen[0]!, markedAt: host.clock.now().toISOString() });
  await t.throwsAsync(store.mark(kim.id, { channel: "Ärger", number: 1, markedAt: "" }), { name: "PublicError" });
  await t.throwsAsync(mark(2 ** 40, ""), { name: "PublicError" });
});

test("other plugins bring sources and items; hostile ones are cleaned, dated and kept apart", async (t) => {
  const { host, store, kim } = await open(t);
  const said = {
    kind: "feed",
    key: "https://una.example/feed",
    title: "Una \uD800\u202E",
    url: "https://una.example/",
    avatar: "",
  };
  const source = await store.keepSource("sources", { ...said, handle: "Una.example", language: "\u0000" });
  t.like(source, { handle: "una.example", plugin: "sources", language: "" });
  t.is((await store.keepSource("sources", { ...said, title: "Una", handle: "una.example", language: "de" })).id, source.id);
  await t.throwsAsync(store.keepSource("sources", { ...said, kind: "person", handle: "kim", language: "" }));
  await store.follow(kim.id, source.id);

  const item = {
    sourceId: source.id,
    url: "https://una.example/1",
    html: "<p>One<script>x</script></p>",
    publishedAt: "2099-01-01T00:00:00Z",
  };
  const [one] = await store.put([{ ...item, key: "1" }]);
  const old = { ...item, key: "2", url: "https://una.example/2", html: "<p>Two</p>", publishedAt: "no date", isNew: false };
  await store.put([old, { ...item, key: "1", html: "<p>One, edited</p>" }]);
  await host.runJobs();
  const { items } = await store.home(kim.id);
  t.deepEqual(words({ items }), ["One, edited"]);
  t.like(items[0], { number: one!, at: "2026-05-01T12:00:00.000Z", author: { name: "Una" } });
  t.is((await store.profile(kim.id, source.id)).items.length, 2);
  t.is(await store.item(null, one!), null, "visitors read what was said here");
  t.is(host.events("timeline.received" as never).length, 2);
  await t.throwsAsync(store.put([{ ...item, key: "3", sourceId: kim.id }]), { name: "PublicError" });
  await store.remove(source.id, ["1", "nothing"]);
  t.deepEqual(words(await store.home(kim.id)), []);

  const late = await store.keepSource("sources", {
    ...said,
    key: "https://far.example/feed",
    handle: "far.example",
    language: "",
  });
  await store.follow(kim.id, late.id);
  await store.put(
    ["a", "b"].map((key) => ({
      ...item,
      key,
      sourceId: late.id,
      html: key,
      publishedAt: `2020-01-0${key === "a" ? 1 : 2}`,
      isNew: false,
    })),
  );
  host.clock.advance({ seconds: 10 });
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), ["b", "a"], "what a first look brings, dated as it is");
  await store.put([{ ...item, key: "c", sourceId: late.id, html: "c", publishedAt: "2019-01-01", isNew: false }]);
  host.clock.advance({ seconds: 10 });
  await host.runJobs();
  t.deepEqual(words(await store.home(kim.id)), ["b", "a"], "nothing old later");

  t.is(await store.sourceByHandle("\u202E\uD800ä"), null);
  for (const input of ["", "\u0000", "kim kim", "https://", "@", "💥", "a".repeat(5_000), "https://hub.example/people/nobody"])
    t.is(await store.resolve(input), null, input.slice(0, 40));
  t.is(momentOf("+275760-09-13T00:00:00.000Z", "2026-05-01T12:00:00.000Z"), "2026-05-01T12:00:00.000Z");
  t.deepEqual(handlesIn("@Kim, (@lee) @lee@far.example a@ana.example @ana.example @una. @-x /@x @_x"), ["kim", "lee", "una"]);
});
