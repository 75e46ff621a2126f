import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { changeFacts, changePolicy, installationFacts, policyText } from "./facts.ts";

for (const dialect of databases)
  test(`${dialect}: what an admin decides is kept, what nobody decided is as in the beginning`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const now = new Date("2026-11-24T09:30:00Z");

    t.like(await installationFacts(storage), { name: "", theme: "perch", photosPerPost: 50 });
    await storage.write((db) => changeFacts(db, { name: "The Heronry", photosPerPost: 4 }, now));
    await storage.write((db) => changePolicy(db, "terms", "Be *kind*.", now));

    t.like(await installationFacts(storage), { name: "The Heronry", photosPerPost: 4, imageMegabytes: 20 });
    t.is(await policyText(storage, "terms"), "Be *kind*.");
    t.is(await policyText(storage, "privacy"), "");
  });

test("a stored number beyond what can be set is brought back into it, another type is passed by", async (t) => {
  const storage = await openTestStorage(t, "sqlite");

  await storage.write((db) => changeFacts(db, { imageMegabytes: 5000, name: 7 as never }, new Date()));

  t.like(await installationFacts(storage), { imageMegabytes: 20, name: "" });
});
