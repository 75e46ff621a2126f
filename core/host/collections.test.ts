import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { openCollection } from "./collections.ts";

const clock = { now: () => new Date("2026-05-01T12:00:00.000Z") };
const place = { pluginId: "p", blogId: "b", collection: "sent", indexes: ["postId", "tags"] };

for (const dialect of databases) {
  test(`${dialect}: documents are kept, changed, found by their indexes and removed`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const sent = openCollection<{ postId: string; tags?: string[]; n: number }>(storage, clock, place);

    await sent.put("a", { postId: "1", tags: ["x", "y"], n: 1 });
    await sent.put("b", { postId: "1", n: 2 });
    await sent.put("c", { postId: "2", tags: ["y"], n: 3 });
    await sent.put("a", { postId: "2", tags: ["x"], n: 4 });

    t.deepEqual(await sent.get("a"), { postId: "2", tags: ["x"], n: 4 });
    t.deepEqual(
      (await sent.find({ postId: "2" })).map((found) => found.id),
      ["a", "c"],
    );
    t.deepEqual(
      (await sent.find({ tags: "y", postId: "2" })).map((found) => found.id),
      ["c"],
    );
    t.deepEqual(
      (await sent.find({}, { after: "a", limit: 1 })).map((found) => found.id),
      ["b"],
    );
    t.true(await sent.delete("c"));
    t.false(await sent.delete("c"));
    t.deepEqual(await sent.find({ postId: "2" }).then((rows) => rows.length), 1);
  });

  test(`${dialect}: changes at the same time are all counted`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const counters = openCollection<number>(storage, clock, { ...place, indexes: [] });
    await counters.put("n", 0);

    await Promise.all(Array.from({ length: 20 }, () => counters.update("n", (value) => (value ?? 0) + 1)));

    t.is(await counters.get("n"), 20);
  });

  test(`${dialect}: one blog, plugin or collection never sees another's documents`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    await openCollection(storage, clock, place).put("a", { postId: "1" });

    for (const other of [{ pluginId: "q" }, { blogId: "c" }, { collection: "other" }]) {
      const collection = openCollection(storage, clock, { ...place, ...other });
      t.is(await collection.get("a"), null);
      t.deepEqual(await collection.find({ postId: "1" }), []);
    }
  });

  test(`${dialect}: a value too large, an id too long and an unknown index are the plugin's mistakes`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const sent = openCollection<unknown>(storage, clock, place);

    await t.throwsAsync(sent.put("a", "x".repeat(262_145)), { message: /256 KB/ });
    await t.throwsAsync(sent.put("x".repeat(191), 1), { message: /190/ });
    await t.throwsAsync(sent.find({ nothing: 1 }), { message: /no index on “nothing”/ });
  });
}
