import { stamp } from "../../clock.ts";
import { blogById } from "../../blogs/blogs.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Blog } from "../../hooks/values.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import { tellFact } from "../../jobs/tell-facts.ts";
import { removeMedia } from "../../media/library.ts";
import type { MediaStore } from "../../media/store.ts";
import { erasePosts } from "../../posts/erase-many.ts";
import { eraseSignIn } from "../../people/erase-sign-in.ts";
import { coreTables } from "../../schema.ts";
import { marks, remove, update } from "../../storage/rows.ts";
import type { Storage, Transaction } from "../../storage/storage.ts";
import { eraseAccountJob } from "./account-standing.ts";
import { forgetStanding, standingOf } from "./standing.ts";

const handful = 200;

// What was made on a blog is the blog's: the number of somebody who is nowhere any more says nothing. But for these.
const theirs: readonly string[] = ["app_tokens", "data_exports", "interactions", "invitations", "memberships", "previews"];
// Written over below, or about others.
const kept: readonly string[] = ["audit_log", "standings"];

/** Tables whose rows go with the person they are about. */
export const tablesOfPeople: readonly string[] = coreTables
  .filter(({ name, columns }) => "account_id" in columns && (!("blog_id" in columns) || theirs.includes(name)))
  .map((table) => table.name)
  .filter((name) => !kept.includes(name));

/**
 * Erases an account when its 30 days are over: what it wrote on others' blogs (or leaves it to them), then everything about the
 * person; the log keeps what was done, not by whom. Killed at any point it goes on where it was.
 */
export async function eraseAccount(scope: Scope, media: MediaStore, accountId: string): Promise<void> {
  const { storage, clock } = scope;
  const [row] = await storage.query("SELECT username, state FROM accounts WHERE id = ?", [accountId]);
  const standing = await standingOf(storage, ["account", accountId]);
  if (row?.state !== "deleted" || !standing?.eraseAt || standing.eraseAt > stamp(clock.now())) return;
  for (const blog of await othersBlogs(scope, accountId))
    await takeAway({ ...scope, blog }, media, { accountId, isErased: standing.options.theirs !== "leave" });
  // Blogs of theirs are erased by jobs of their own; until those are done they need an owner.
  if ((await storage.query("SELECT id FROM blogs WHERE owner_id = ? LIMIT 1", [accountId])).length > 0)
    return again(scope, accountId);
  await anonymise(storage, accountId, String(row.username));
  await storage.write(async (db) => {
    await eraseRows(db, accountId);
    await tellFact({ ...scope, blog: null }, db, "account.erased", { accountId });
  });
}

async function othersBlogs({ storage, site }: Scope, accountId: string): Promise<readonly Blog[]> {
  const rows = await storage.query(
    "SELECT blog_id FROM posts WHERE author_id = ? UNION SELECT blog_id FROM memberships WHERE account_id = ?",
    [accountId, accountId],
  );
  const blogs = await Promise.all(rows.map((row) => blogById(storage, String(row.blog_id), site)));
  return blogs.filter((blog) => blog !== null && blog.ownerId !== accountId) as Blog[];
}

async function takeAway(
  scope: Scope,
  media: MediaStore,
  { accountId, isErased }: { accountId: string; isErased: boolean },
): Promise<void> {
  const { storage } = scope;
  const blog = scope.blog!;
  for (;;) {
    const sql = `SELECT id FROM posts WHERE blog_id = ? AND author_id = ? LIMIT ${handful}`;
    const ids = (await storage.query(sql, [blog.id, accountId])).map((row) => String(row.id));
    if (ids.length === 0) break;
    if (isErased) await erasePosts(scope, ids, async () => undefined);
    else
      await storage.write(async (db) => {
        await db.run(`UPDATE posts SET author_id = ? WHERE id IN (${marks(ids.length)})`, [blog.ownerId, ...ids]);
        await scope.touch(db, blog.id);
      });
  }
  if (!isErased)
    return void (await storage.write((db) =>
      update(db, "media", { account_id: blog.ownerId }, { blog_id: blog.id, account_id: accountId }),
    ));
  for (;;) {
    const sql = `SELECT id FROM media WHERE blog_id = ? AND account_id = ? LIMIT ${handful}`;
    const rows = await storage.query(sql, [blog.id, accountId]);
    if (rows.length === 0) return;
    for (const row of rows) await removeMedia(scope, media, String(row.id));
  }
}

// The log is long and has no index on what a line is about: in slices, so that nobody waits for it.
async function anonymise(storage: Storage, accountId: string, username: string): Promise<void> {
  const [last] = await storage.query("SELECT MAX(id) AS id FROM audit_log");
  for (let from = 0; from <= Number(last?.id ?? 0); from += 5000)
    await storage.write(async (db) => {
      const slice = [from, from + 5000];
      await db.run("UPDATE audit_log SET subject = '' WHERE id >= ? AND id < ? AND subject = ?", [...slice, username]);
      const own = "UPDATE audit_log SET account_id = NULL, address = '' WHERE id >= ? AND id < ? AND account_id = ?";
      await db.run(own, [...slice, accountId]);
    });
}

async function eraseRows(db: Transaction, accountId: string): Promise<void> {
  await eraseSignIn(db, accountId);
  for (const table of tablesOfPeople) await remove(db, table, { account_id: accountId });
  await db.run("DELETE FROM plugin_settings WHERE scope = 'account' AND scope_id = ?", [accountId]);
  await db.run("DELETE FROM secrets WHERE place LIKE ?", [`%/${accountId}/%`]);
  await db.run("DELETE FROM one_time_links WHERE subject = ?", [accountId]);
  await forgetStanding(db, ["account", accountId]);
  await remove(db, "accounts", { id: accountId });
}

async function again(scope: Scope, accountId: string): Promise<void> {
  const runAt = new Date(scope.clock.now().getTime() + 3_600_000);
  const job = { pluginId: "core", name: eraseAccountJob, blogId: null, data: { accountId }, key: accountId, runAt };
  await scope.storage.write((db) => enqueue(db, job));
}
