import test from "ava";
import { testTown } from "../residents/testing.ts";
import { databases } from "../storage/testing.ts";
import { blogById } from "./blogs.ts";
import { roleOn } from "./memberships.ts";
import { changeRole, removeMember, soleBlogsOf, transfer } from "./ownership.ts";

for (const dialect of databases) {
  test(`${dialect}: a blog that is handed over is the other's, and who had it stays on as editor`, async (t) => {
    const { storage, hub, person, blog, join, clock } = await testTown(t, dialect);
    const [kim, lee] = [await person("kim"), await person("lee")];
    const site = await blog("kim", kim);
    await join(site, lee, "author");

    await storage.write((db) => transfer(db, site.id, { from: kim.id, to: lee.id }, clock.now()));

    t.is((await blogById(storage, site.id, hub))?.ownerId, lee.id);
    t.deepEqual([await roleOn(storage, site.id, kim.id), await roleOn(storage, site.id, lee.id)], ["editor", "owner"]);
    const ana = await person("ana");
    await t.throwsAsync(
      storage.write((db) => transfer(db, site.id, { from: lee.id, to: ana.id }, clock.now())),
      { message: /not one of the blog's people/ },
    );
  });

  test(`${dialect}: the last owner can neither become something else nor go, also not two of them at the same moment`, async (t) => {
    const { storage, hub, person, blog, join, clock } = await testTown(t, dialect);
    const [kim, lee] = [await person("kim"), await person("lee")];
    const site = await blog("kim", kim);
    const lower = (accountId: string) =>
      storage.write((db) => changeRole(db, { blogId: site.id, accountId, role: "editor" }, clock.now()));

    await t.throwsAsync(lower(kim.id), { message: /last owner/ });
    await t.throwsAsync(
      storage.write((db) => removeMember(db, site.id, kim.id, clock.now())),
      { message: /last owner/ },
    );
    await join(site, lee, "owner");
    const outcomes = await Promise.allSettled([lower(kim.id), lower(lee.id)]);

    t.deepEqual(outcomes.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
    const owner = (await roleOn(storage, site.id, kim.id)) === "owner" ? kim : lee;
    t.is((await blogById(storage, site.id, hub))?.ownerId, owner.id);
  });

  test(`${dialect}: who leaves a blog takes no key for it along; a blog shared with another owner is not theirs alone`, async (t) => {
    const { storage, hub, person, blog, join, clock } = await testTown(t, dialect);
    const [kim, lee] = [await person("kim"), await person("lee")];
    const [site, own] = [await blog("kim", kim), await blog("lee", lee)];
    await join(site, lee, "owner");
    await storage.write((db) =>
      db.run(
        "INSERT INTO app_tokens (id, token_hash, account_id, blog_id, name, client_id, scope, created_at) VALUES ('01T', 'x', ?, ?, '', '', '', '')",
        [kim.id, site.id],
      ),
    );
    t.deepEqual(
      (await soleBlogsOf(storage, lee.id)).map(({ id }) => id),
      [own.id],
    );

    await storage.write((db) => removeMember(db, site.id, kim.id, clock.now()));

    t.is((await blogById(storage, site.id, hub))?.ownerId, lee.id);
    t.is((await storage.query("SELECT id FROM app_tokens WHERE revoked_at IS NULL")).length, 0);
    t.deepEqual((await soleBlogsOf(storage, lee.id)).map(({ id }) => id).toSorted(), [site.id, own.id].toSorted());
    await t.throwsAsync(
      storage.write((db) => removeMember(db, site.id, kim.id, clock.now())),
      { message: /not one of/ },
    );
  });
}
