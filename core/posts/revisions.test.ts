import test from "ava";
import { databases } from "../storage/testing.ts";
import { publish, type Outcome } from "./publish.ts";
import { restoreRevision } from "./publish-revision.ts";
import { postById } from "./read.ts";
import { isMissed, publishScheduled } from "./remove.ts";
import { keptRevisions, revisionOf, revisionsOf } from "./revisions.ts";
import { nextSlot, scheduledPosts, slotsOf } from "./schedule.ts";
import { addSyndication } from "./targets/syndication.ts";
import { testScope } from "./testing.ts";

const posted = (outcome: Outcome) => (outcome.ok ? outcome.post : Promise.reject(new Error(outcome.refusal.refuse)));

for (const dialect of databases) {
  test(`${dialect}: the last 100 revisions are kept, newest first, a page at a time`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const { id } = await posted(await publish(scope, { content: "Text 1" }));
    for (let number = 2; number <= keptRevisions + 3; number++) await publish(scope, { id, content: `Text ${number}` });
    const newest = await revisionsOf(scope, id);
    t.deepEqual([newest.length, newest[0]?.source, newest[0]?.via], [30, "Text 103", "web"]);
    t.is((await revisionsOf(scope, id, { before: newest.at(-1)!.version }))[0]?.source, "Text 73");
    t.is((await revisionsOf(scope, id, { limit: 100 })).at(-1)?.source, "Text 4");
    t.is((await revisionsOf(scope, id, { before: Infinity }))[0]?.version, newest[0]!.version);
    t.deepEqual(await revisionsOf(scope, id, { before: -Infinity }), []);
    t.is(await revisionOf(scope, id, 3), null);
    t.is((await scope.storage.query("SELECT id FROM revisions")).length, keptRevisions);
  });

  test(`${dialect}: an old text comes back whole as a new revision; what the post gathered since stays`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const photo = { url: "https://kim.example/media/1.jpg", alt: "A heron" };
    const first = { title: "One", content: "First", summary: "S", photos: [photo], categories: ["Birds"] };
    const { id } = await posted(await publish(scope, first));
    await scope.storage.write((db) => addSyndication(scope, db, id, "https://far.example/1"));
    const changed = { id, title: "Two", content: "Second", summary: "", photos: [], categories: ["River"] };
    const after = await posted(await publish(scope, { ...changed, properties: { "in-reply-to": ["https://lee.example/"] } }));

    const stale = await restoreRevision(scope, after, (await revisionOf(scope, id, 1))!, 1);
    t.is(stale.ok ? 200 : stale.refusal.status, 409);
    const back = await posted(await restoreRevision(scope, after, (await revisionOf(scope, id, 1))!, after.version));
    t.like(back, { title: "One", source: "First", summary: "S", status: "published", path: after.path, version: 3 });
    t.deepEqual([back.photos, back.categories.map(({ name }) => name)], [[photo], ["Birds"]]);
    t.deepEqual(back.properties.syndication, ["https://far.example/1"]);
    t.false("in-reply-to" in back.properties);
    t.is((await revisionsOf(scope, id))[0]?.reason, "restore");
  });

  test(`${dialect}: a scheduled post comes out up to an hour late, after that it waits for somebody`, async (t) => {
    const { scope, setNow } = await testScope(t, { dialect });
    const late = await posted(await publish(scope, { content: "late", publishedAt: "2026-05-01T13:00:00Z" }));
    const missed = await posted(await publish(scope, { content: "missed", publishedAt: "2026-05-01T12:30:00Z" }));
    setNow("2026-05-01T13:45:00.000Z");
    for (const { id } of [late, missed]) await publishScheduled(scope, id);
    const [first, second] = [(await postById(scope, late.id))!, (await postById(scope, missed.id))!];
    t.deepEqual([first.status, second.status], ["published", "scheduled"]);
    t.deepEqual([isMissed(first, scope.clock.now()), isMissed(second, scope.clock.now())], [false, true]);
  });

  test(`${dialect}: scheduled posts stand in the order of their times, and the next free time of the blog's own is found`, async (t) => {
    const made = await testScope(t, { dialect, timeZone: "Europe/Berlin" });
    const scope = { ...made.scope, blog: { ...made.blog, settings: { scheduleSlots: ["18:00", "09:00", "nonsense"] } } };
    t.deepEqual(slotsOf(scope.blog), ["09:00", "18:00"]);
    t.is(await nextSlot(scope), "2026-05-01T16:00:00.000Z");
    for (const [content, publishedAt] of [
      ["b", "2026-05-02T07:00:00Z"],
      ["a", "2026-05-01T16:00:00Z"],
      ["c", "2026-05-03T12:00:00Z"],
    ] as const)
      await publish(scope, { content, publishedAt });
    t.is(await nextSlot(scope), "2026-05-02T16:00:00.000Z");
    t.is(await nextSlot({ ...scope, blog: { ...scope.blog, settings: {} } }), null);
    const order = async (page: Parameters<typeof scheduledPosts>[1]) =>
      (await scheduledPosts(scope, page)).map(({ source }) => source);
    t.deepEqual(await order({}), ["a", "b", "c"]);
    const [a] = await scheduledPosts(scope, { limit: 1 });
    t.deepEqual(await order({ after: { at: a!.publishedAt!, id: a!.id } }), ["b", "c"]);
    t.deepEqual(await order({ from: "2026-05-02T00:00:00.000Z", until: "2026-05-03T00:00:00.000Z" }), ["b"]);
  });
}
