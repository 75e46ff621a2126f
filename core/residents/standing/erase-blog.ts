import { stamp } from "../../clock.ts";
import type { Scope } from "../../hooks/scope.ts";
import { blogOf } from "../../hooks/scope.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import { tellFact } from "../../jobs/tell-facts.ts";
import { removeMedia } from "../../media/library.ts";
import type { MediaStore } from "../../media/store.ts";
import { erasePosts } from "../../posts/erase-many.ts";
import { copyJob, followJob } from "../../posts/targets/follow-post.ts";
import { coreTables } from "../../schema.ts";
import { remove, update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { audit } from "../../people/audit.ts";
import { eraseBlogJob } from "./blog-standing.ts";
import { forgetStanding, standingOf } from "./standing.ts";

const [handful, hours, quarantineDays] = [200, 72, 90];

// The log is the installation's; the hosts stay behind, so that nobody takes a name on whose links still lead here.
const kept: readonly string[] = ["audit_log", "blog_hosts", "blogs", "jobs"];

/** Tables whose rows go with their blog. */
export const tablesOfBlogs: readonly string[] = coreTables
  .filter((table) => "blog_id" in table.columns && !kept.includes(table.name))
  .map((table) => table.name);

/**
 * Erases the scope's blog when its 30 days are over: posts (plugins hear of each and tell other servers), media, then, once
 * plugins are done or after three days, all the rest; `beforeGone` runs just before that, with all
 * secrets still there. Killed at any point it goes on where it was.
 */
export async function eraseBlog(
  scope: Scope,
  media: MediaStore,
  tries = 0,
  beforeGone: () => Promise<void> = async () => undefined,
): Promise<void> {
  const blog = blogOf(scope);
  if (!(await isDue(scope, blog.id))) return;
  // Plugins have their say while the blog is still there; the rest waits until they are done.
  if (tries === 0) await scope.storage.write((db) => tellFact(scope, db, "blog.erasing", { blog }));
  await eraseAllPosts(scope);
  await eraseAllMedia(scope, media);
  if (tries < hours && (await hasWork(scope, blog.id))) return again(scope, blog.id, tries + 1);
  await beforeGone();
  await scope.storage.write(async (db) => {
    for (const table of tablesOfBlogs) await remove(db, table, { blog_id: blog.id });
    await eraseSettings(db, blog.id);
    const gone = { state: "gone", is_main: false, created_at: stamp(scope.clock.now()) };
    await update(db, "blog_hosts", gone, { blog_id: blog.id });
    await db.run("UPDATE accounts SET default_blog_id = NULL WHERE default_blog_id = ?", [blog.id]);
    await remove(db, "blogs", { id: blog.id });
    await forgetStanding(db, ["blog", blog.id]);
    await scope.touch(db, blog.id);
    await audit(db, { action: "blog.erased", subject: blog.host, blogId: blog.id, via: scope.via }, scope.clock.now());
  });
}

/** Lets the names of erased blogs be taken again after 90 days. */
export async function sweepHosts(db: Transaction, now: Date): Promise<number> {
  const before = stamp(new Date(now.getTime() - quarantineDays * 86_400_000));
  return db.run("DELETE FROM blog_hosts WHERE state = 'gone' AND created_at < ?", [before]);
}

async function isDue({ storage, clock }: Scope, blogId: string): Promise<boolean> {
  const rows = await storage.query("SELECT state FROM blogs WHERE id = ?", [blogId]);
  const eraseAt = (await standingOf(storage, ["blog", blogId]))?.eraseAt;
  return rows[0]?.state === "deleted" && eraseAt !== null && eraseAt !== undefined && eraseAt <= stamp(clock.now());
}

async function eraseAllPosts(scope: Scope): Promise<void> {
  for (;;) {
    const sql = `SELECT id FROM posts WHERE blog_id = ? LIMIT ${handful}`;
    const ids = (await scope.storage.query(sql, [blogOf(scope).id])).map((row) => String(row.id));
    if (ids.length === 0) return;
    await erasePosts(scope, ids, async () => undefined);
  }
}

async function eraseAllMedia(scope: Scope, media: MediaStore): Promise<void> {
  for (;;) {
    const rows = await scope.storage.query(`SELECT id FROM media WHERE blog_id = ? LIMIT ${handful}`, [blogOf(scope).id]);
    if (rows.length === 0) return;
    for (const row of rows) await removeMedia(scope, media, String(row.id));
  }
}

// Plugins that have yet to tell other servers, or to take copies back there, need the blog until they are done.
async function hasWork({ storage }: Scope, blogId: string): Promise<boolean> {
  const sql = `SELECT id FROM jobs WHERE blog_id = ? AND (plugin_id <> 'core' OR name IN (?, ?)) AND state IN ('waiting', 'running') LIMIT 1`;
  return (await storage.query(sql, [blogId, copyJob, followJob])).length > 0;
}

async function again(scope: Scope, blogId: string, tries: number): Promise<void> {
  const runAt = new Date(scope.clock.now().getTime() + 3_600_000);
  const job = { pluginId: "core", name: eraseBlogJob, blogId, data: { blogId, tries }, key: blogId, runAt };
  await scope.storage.write((db) => enqueue(db, job));
}

async function eraseSettings(db: Transaction, blogId: string): Promise<void> {
  await db.run("DELETE FROM plugin_settings WHERE scope = 'blog' AND scope_id = ?", [blogId]);
  await db.run("DELETE FROM secrets WHERE place LIKE ?", [`plugin/%/${blogId}/%`]);
  await db.run("DELETE FROM versions WHERE scope = ?", [blogId]);
}
