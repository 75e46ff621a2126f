import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { consumeLink, createLink, forgetLinks, peekLink } from "./one-time-links.ts";
import { later, morning } from "./testing.ts";

for (const dialect of databases) {
  test(`${dialect}: of two that use a link at once, one gets what it stands for`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const link = { purpose: "invitation", subject: "lee@mail.example", data: { role: "author" }, seconds: 3600 } as const;
    const token = await storage.write((db) => createLink(db, link, morning));

    t.deepEqual(await peekLink(storage, "invitation", token, later(1)), { subject: link.subject, data: link.data });
    const both = await Promise.all([1, 2].map(() => storage.write((db) => consumeLink(db, "invitation", token, later(2)))));

    t.deepEqual(
      both.filter((found) => found !== null),
      [{ subject: link.subject, data: link.data }],
    );
    t.is(await peekLink(storage, "invitation", token, later(3)), null);
  });

  test(`${dialect}: a link ends at its time, serves its purpose only, and can be forgotten`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const make = () => storage.write((db) => createLink(db, { purpose: "setup", seconds: 3600 }, morning));
    const token = await make();

    t.is(await storage.write((db) => consumeLink(db, "reset", token, later(1))), null);
    t.is(await storage.write((db) => consumeLink(db, "setup", token, later(3600))), null);
    t.is(await storage.write((db) => forgetLinks(db, "setup")), 1);
    t.is(await storage.write((db) => consumeLink(db, "setup", token, later(1))), null);
  });
}
