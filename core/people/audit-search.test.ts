import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { searchAudit, type AuditFilter } from "./audit-search.ts";
import { audit } from "./audit.ts";
import { later, makePerson } from "./testing.ts";

for (const dialect of databases)
  test(`${dialect}: the log is found by person, blog, action or area, and day`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const [kim, lee] = [await makePerson(storage, "kim"), await makePerson(storage, "lee")];
    const blogId = "01JBLOG0000000000000000000";
    const lines = [
      ["sign-in", kim.id, null],
      ["plugin.enabled", kim.id, null],
      ["plugin.disabled", lee.id, null],
      ["plugins", lee.id, null],
      ["post.erased", lee.id, blogId],
    ] as const;
    for (const [n, [action, accountId, blog]] of lines.entries())
      await storage.write((db) =>
        audit(db, { action, subject: String(n), accountId, blogId: blog, via: "web" }, later(n * 86_400)),
      );
    const found = async (filter: AuditFilter) => (await searchAudit(storage, filter)).map(({ subject }) => Number(subject));

    t.deepEqual(await found({}), [4, 3, 2, 1, 0]);
    t.deepEqual(await found({ accountId: lee.id }), [4, 3, 2]);
    t.deepEqual(await found({ blogId }), [4]);
    t.deepEqual(await found({ action: "plugin." }), [2, 1]);
    t.deepEqual(await found({ action: "plugin.enabled" }), [1]);
    t.deepEqual(await found({ areas: ["sign-in", "post."] }), [4, 0]);
    t.deepEqual(await found({ areas: ["sign-in", "post."], action: "plugin." }), []);
    t.deepEqual(await found({ from: later(86_400).toISOString(), until: later(3 * 86_400).toISOString() }), [2, 1]);
    const [, second] = await searchAudit(storage, { limit: 2 });
    t.deepEqual(await found({ before: second!.id, limit: 2 }), [2, 1]);
    t.is((await searchAudit(storage, { accountId: kim.id }))[0]?.username, "kim");
  });
