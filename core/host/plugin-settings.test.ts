import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { storedValues, storeValues } from "./plugin-settings.ts";

for (const dialect of databases) {
  test(`${dialect}: values are stored by place and taken back`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const place = { pluginId: "p", scope: "blog", scopeId: "b" } as const;

    await storage.write((db) => storeValues(db, place, { a: 1, b: "x", c: true }, new Date()));
    await storage.write((db) => storeValues(db, place, { a: 2, b: undefined }, new Date()));

    t.deepEqual(await storedValues(storage, place), { a: 2, c: true });
    t.deepEqual(await storedValues(storage, { ...place, scopeId: "other" }), {});
  });
}
