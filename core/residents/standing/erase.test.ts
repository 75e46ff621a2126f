import test from "ava";
import { siteByHost } from "../../blogs/blogs.ts";
import type { Blog, Post } from "../../hooks/values.ts";
import { FolderStore } from "../../media/store.ts";
import { audit } from "../../people/audit.ts";
import { publish } from "../../posts/publish.ts";
import { coreTables } from "../../schema.ts";
import { insert } from "../../storage/rows.ts";
import { databases } from "../../storage/testing.ts";
import { testTown } from "../testing.ts";
import { deleteAccount } from "./account-standing.ts";
import { deleteBlog, recallBlog } from "./blog-standing.ts";
import { eraseAccount, tablesOfPeople } from "./erase-account.ts";
import { eraseBlog, sweepHosts, tablesOfBlogs } from "./erase-blog.ts";

const nowhere = new FolderStore("/nonexistent-rookery-media");
type Town = Awaited<ReturnType<typeof testTown>>;

async function post(town: Town, author: Parameters<Town["as"]>[0], blog: Blog): Promise<Post> {
  const outcome = await publish(town.as(author, blog), { content: `By ${author.username}`, authorId: author.id });
  if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  return outcome.post;
}

for (const dialect of databases) {
  test(`${dialect}: nothing of a deleted blog is left after its time but its name, which is free again 90 days later`, async (t) => {
    const told: string[] = [];
    const taps = { has: () => true, event: async (_scope: unknown, name: string) => void told.push(name) };
    const town = await testTown(t, dialect, taps as never);
    const { storage, hub, person, blog, as, system, wait, clock } = town;
    const lee = await person("lee");
    const site = await blog("lee", lee);
    for (let n = 0; n < 3; n++) await post(town, lee, site);
    await storage.write((db) => deleteBlog(as(lee), db, site));

    await eraseBlog(system(site), nowhere);
    t.is((await storage.query("SELECT id FROM posts")).length, 3);
    wait(30);
    told.length = 0;
    const left: number[] = [];
    const beforeGone = async () => void left.push((await storage.query("SELECT id FROM blogs WHERE id = ?", [site.id])).length);
    await eraseBlog(system(site), nowhere, 0, beforeGone);
    await eraseBlog(system(site), nowhere, 0, beforeGone);
    t.deepEqual(left, [1], "while its secrets are still there");

    t.is(told.filter((name) => name === "post.removed").length, 3);
    for (const table of [...tablesOfBlogs, "blogs"]) t.deepEqual(await storage.query(`SELECT * FROM ${table}`), [], table);
    t.deepEqual(await siteByHost(storage, site.host, hub), { gone: "deleted" });
    await t.throwsAsync(blog("lee", lee), { message: /There is a blog at/ });
    wait(91);
    await storage.write((db) => sweepHosts(db, clock.now()));
    t.is((await blog("lee", lee)).host, site.host);
  });

  test(`${dialect}: a blog that was called back is not erased by the job of before`, async (t) => {
    const town = await testTown(t, dialect);
    const { storage, person, blog, as, system, wait } = town;
    const lee = await person("lee");
    const site = await blog("lee", lee);
    await post(town, lee, site);
    await storage.write((db) => deleteBlog(as(lee), db, site));
    await storage.write((db) => recallBlog(as(lee), db, site));
    wait(40);

    await eraseBlog(system(site), nowhere);

    t.is((await storage.query("SELECT id FROM posts")).length, 1);
  });

  test(`${dialect}: a blog stays until plugins have told others of its end`, async (t) => {
    const { storage, person, blog, as, system, wait } = await testTown(t, dialect);
    const lee = await person("lee");
    const site = await blog("lee", lee);
    await storage.write((db) => deleteBlog(as(lee), db, site));
    wait(30);
    const job = { id: "01J", plugin_id: "herald", name: "event:post.removed", blog_id: site.id, data: "{}", state: "waiting" };
    const rest = { attempts: 0, max_attempts: 6, run_at: "2026-05-31T09:00:00.000Z", last_error: "" };
    await storage.write((db) => insert(db, "jobs", [{ ...job, ...rest }]));

    await eraseBlog(system(site), nowhere);
    t.is((await storage.query("SELECT id FROM blogs")).length, 1);
    t.is((await storage.query("SELECT id FROM jobs WHERE name = 'erase-blog'")).length, 1);
    await eraseBlog(system(site), nowhere, 72);

    t.is((await storage.query("SELECT id FROM blogs")).length, 0);
  });

  for (const theirs of ["erase", "leave"] as const)
    test(`${dialect}: nothing says any more who a deleted person was; what they wrote on another's blog is there: ${theirs === "leave"}`, async (t) => {
      const told = { durable: (_: unknown, name: string) => (name === "account.erased" ? ["keeper"] : []) };
      const town = await testTown(t, dialect, told);
      const { storage, person, blog, join, as, system, wait, clock } = town;
      const [kim, lee] = [await person("kim"), await person("lee")];
      const [site, own] = [await blog("kim", kim), await blog("lee", lee)];
      await join(site, lee, "author");
      await post(town, lee, site);
      await post(town, kim, site);
      await storage.write(async (db) => {
        await audit(
          db,
          { action: "account.profile", subject: "lee", accountId: lee.id, via: "web", address: "192.0.2.7" },
          clock.now(),
        );
        await audit(
          db,
          { action: "account.role", subject: "lee", accountId: kim.id, via: "web", address: "192.0.2.8" },
          clock.now(),
        );
        await deleteAccount(as(lee), db, lee, theirs);
      });

      await eraseAccount(system(), nowhere, lee.id);
      t.is((await storage.query("SELECT id FROM accounts")).length, 2);
      wait(30);
      await eraseAccount(system(), nowhere, lee.id);
      t.is((await storage.query("SELECT id FROM accounts")).length, 2);
      await eraseBlog(system(own), nowhere);
      await eraseAccount(system(), nowhere, lee.id);
      await eraseAccount(system(), nowhere, lee.id);

      t.deepEqual(await storage.query("SELECT username FROM accounts"), [{ username: "kim" }]);
      const jobs = await storage.query("SELECT plugin_id, name, blog_id, data FROM jobs WHERE name LIKE 'event:account%'");
      const data = JSON.stringify({ accountId: lee.id });
      t.deepEqual(jobs, [{ plugin_id: "keeper", name: "event:account.erased", blog_id: null, data }], "told once");
      const authors = (await storage.query("SELECT author_id FROM posts")).map((row) => row.author_id);
      t.deepEqual(authors, theirs === "leave" ? [kim.id, kim.id] : [kim.id]);
      for (const table of tablesOfPeople)
        t.deepEqual(await storage.query(`SELECT * FROM ${table} WHERE account_id = ?`, [lee.id]), [], table);
      t.deepEqual(await storage.query("SELECT id FROM audit_log WHERE account_id = ? OR subject = 'lee'", [lee.id]), []);
      t.is(
        (await storage.query("SELECT id FROM audit_log WHERE action = 'account.role' AND account_id = ?", [kim.id])).length,
        1,
      );
    });
}

test("every table that names a person or a blog is erased with them or left on purpose", (t) => {
  const named = coreTables.filter(({ columns }) => "account_id" in columns || "blog_id" in columns).map(({ name }) => name);
  const left = named.filter((name) => !tablesOfPeople.includes(name) && !tablesOfBlogs.includes(name));

  t.deepEqual(left.toSorted(), ["audit_log", "blog_hosts", "jobs", "standings"]);
});
