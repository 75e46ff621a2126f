import test from "ava";
import { blogById, siteByHost } from "../../blogs/blogs.ts";
import { personById, setRole } from "../../people/accounts.ts";
import { auditLines } from "../../people/audit.ts";
import { sessionByCookie, startSession } from "../../people/sessions.ts";
import { databases } from "../../storage/testing.ts";
import { testTown } from "../testing.ts";
import { deleteAccount, recallAccount, restoreAccount, suspendAccount } from "./account-standing.ts";
import { deleteBlog, recallBlog, restoreBlog, suspendBlog } from "./blog-standing.ts";
import { standingOf } from "./standing.ts";

for (const dialect of databases) {
  test(`${dialect}: a suspended blog is off the air with its reason, and on again when it is let`, async (t) => {
    const { storage, hub, person, blog, as } = await testTown(t, dialect);
    const [kim, lee] = [await person("kim", "admin"), await person("lee")];
    const site = await blog("lee", lee);
    const what = { ...site, reason: "Sells stolen herons." };

    await storage.write((db) => suspendBlog(as(kim), db, what));

    t.deepEqual(await siteByHost(storage, site.host, hub), { gone: "suspended" });
    t.like(await standingOf(storage, ["blog", site.id]), { reason: "Sells stolen herons.", accountId: kim.id, eraseAt: null });
    await t.throwsAsync(
      storage.write((db) => suspendBlog(as(kim), db, what)),
      { message: /not active any more/ },
    );
    await storage.write((db) => restoreBlog(as(kim), db, site));
    t.like(await siteByHost(storage, site.host, hub), { id: site.id });
    t.is(await standingOf(storage, ["blog", site.id]), null);
    t.deepEqual(
      (await auditLines(storage, { blogId: site.id })).map(({ action }) => action),
      ["blog.restored", "blog.suspended"],
    );
  });

  test(`${dialect}: a deleted blog is gone at once and can be called back`, async (t) => {
    const { storage, hub, person, blog, as } = await testTown(t, dialect);
    const lee = await person("lee");
    const site = await blog("lee", lee);

    await storage.write((db) => deleteBlog(as(lee), db, site));

    t.deepEqual(await siteByHost(storage, site.host, hub), { gone: "deleted" });
    t.is((await standingOf(storage, ["blog", site.id]))?.eraseAt, "2026-05-31T09:00:00.000Z");
    await storage.write((db) => recallBlog(as(lee), db, site));
    t.like(await siteByHost(storage, site.host, hub), { id: site.id });
    await t.throwsAsync(
      storage.write((db) => recallBlog(as(lee), db, site)),
      { message: /not deleted any more/ },
    );
  });

  test(`${dialect}: a suspended person is out at once; their blogs go along only when asked, and come back with them`, async (t) => {
    const { storage, hub, person, blog, as, clock } = await testTown(t, dialect);
    const [kim, lee] = [await person("kim", "admin"), await person("lee")];
    const site = await blog("lee", lee);
    const { cookie } = await storage.write((db) => startSession(db, lee.id, { userAgent: "", address: "" }, clock.now()));
    const suspend = (withBlogs: boolean) =>
      storage.write((db) => suspendAccount(as(kim), db, lee, { reason: "Rude.", withBlogs }));

    await suspend(false);
    t.is(await sessionByCookie(storage, cookie, clock.now()), null);
    t.like(await siteByHost(storage, site.host, hub), { id: site.id });
    await t.throwsAsync(suspend(false), { message: /not active any more/ });
    await storage.write((db) => restoreAccount(as(kim), db, lee));
    await suspend(true);

    t.deepEqual(await siteByHost(storage, site.host, hub), { gone: "suspended" });
    await storage.write((db) => restoreAccount(as(kim), db, lee));
    t.like(await siteByHost(storage, site.host, hub), { id: site.id });
  });

  test(`${dialect}: the last admin is neither suspended nor deleted, also not two of them by each other at the same moment`, async (t) => {
    const { storage, person, as, clock } = await testTown(t, dialect);
    const kim = await person("kim", "admin");

    await t.throwsAsync(
      storage.write((db) => deleteAccount(as(kim), db, kim, "erase")),
      { message: /last admin/ },
    );
    await t.throwsAsync(
      storage.write((db) => suspendAccount(as(kim), db, kim, { reason: "", withBlogs: false })),
      { message: /last admin/ },
    );
    const lee = await person("lee", "admin");
    const outcomes = await Promise.allSettled([
      storage.write((db) => suspendAccount(as(kim), db, lee, { reason: "", withBlogs: false })),
      storage.write((db) => deleteAccount(as(lee), db, kim, "erase")),
      storage.write((db) => setRole(db, lee.id, "member", clock.now())),
    ]);

    t.true(outcomes.filter(({ status }) => status === "rejected").length >= 1);
    const left = await storage.query("SELECT id FROM accounts WHERE role = 'admin' AND state = 'active'");
    t.is(left.length, 1);
  });

  test(`${dialect}: a deleted person's own blog goes along, a shared one goes to the other owner, and both come back when called`, async (t) => {
    const { storage, hub, person, blog, join, as, wait } = await testTown(t, dialect);
    const [lee, ana] = [await person("lee"), await person("ana")];
    const [own, shared] = [await blog("lee", lee), await blog("both", lee)];
    await join(shared, ana, "owner");

    await storage.write((db) => deleteAccount(as(lee), db, lee, "leave"));

    t.is((await personById(storage, lee.id))?.state, "deleted");
    t.deepEqual(await siteByHost(storage, own.host, hub), { gone: "deleted" });
    t.is((await blogById(storage, shared.id, hub))?.ownerId, ana.id);
    wait(29);
    await storage.write((db) => recallAccount(as(lee), db, lee));
    t.is((await personById(storage, lee.id))?.state, "active");
    t.like(await siteByHost(storage, own.host, hub), { id: own.id });
    await storage.write((db) => deleteAccount(as(lee), db, lee, "leave"));
    wait(31);
    await t.throwsAsync(
      storage.write((db) => recallAccount(as(lee), db, lee)),
      { message: /being erased/ },
    );
  });
}
