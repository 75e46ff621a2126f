import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { consumeLink, createLink, forgetLinks, peekLink, rewriteLink } from "./one-time-links.ts";
import { setupLink } from "./setup-link.ts";
import { later, makePerson, morning } from "./testing.ts";

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

test("a setup link is given until there is an admin, and a new one ends the old one", async (t) => {
  const storage = await openTestStorage(t);
  const tokenOf = (link: string | null) => new URL(link!).searchParams.get("token")!;

  const first = tokenOf(await setupLink(storage, "http://localhost:8080", morning));
  const second = tokenOf(await setupLink(storage, "http://localhost:8080", later(1)));
  await storage.write((db) => rewriteLink(db, "setup", second, { username: "kim" }));

  t.is(await peekLink(storage, "setup", first, later(2)), null);
  t.deepEqual((await peekLink(storage, "setup", second, later(2)))?.data, { username: "kim" });
  await makePerson(storage, "kim", "admin");
  t.is(await setupLink(storage, "http://localhost:8080", later(3)), null);
});
