import { stamp } from "../../clock.ts";
import { enqueueMany } from "../../jobs/enqueue.ts";
import { wakeWorkers } from "../../jobs/wake.ts";
import type { Row, Transaction } from "../../storage/storage.ts";
import { copyJob, type CopyAction } from "./follow-post.ts";
import type { CopyKey } from "./target-rows.ts";

/**
 * Whose parked copies: those of one blog or (null) all, of one plugin, of one of its targets. `servedBy` takes those of a plugin and
 * those of others that are named after it, `<plugin>/<account>`: it speaks to the service for them.
 */
export type Sleepers = {
  readonly blogId: string | null;
  readonly pluginId?: string;
  readonly target?: string;
  readonly servedBy?: string;
};

/**
 * Gives copies that wait for their account their turn again, now: new ones, those on their way out, and changes of what is there.
 * Gives how many copies were parked or on their way out.
 */
export async function wakeCopies(db: Transaction, sleepers: Sleepers, now: Date): Promise<number> {
  const { blogId, pluginId, target, servedBy } = sleepers;
  const where = [
    "state IN ('parked', 'removing')",
    ...(blogId === null ? [] : ["blog_id = ?"]),
    ...(pluginId === undefined ? [] : ["plugin_id = ?"]),
    ...(target === undefined ? [] : ["target = ?"]),
    ...(servedBy === undefined ? [] : ["(plugin_id = ? OR target LIKE ?)"]),
  ].join(" AND ");
  const values = [blogId ?? undefined, pluginId, target, servedBy, servedBy && `${servedBy}/%`].filter(
    (value) => value !== undefined,
  );
  const rows = await db.query(`SELECT post_id, plugin_id, target, blog_id, state FROM post_targets WHERE ${where}`, values);
  for (const { post_id, plugin_id, target: one } of rows.filter(({ state }) => state === "parked"))
    await db.run(
      "UPDATE post_targets SET state = 'waiting', reason = '', updated_at = ? WHERE post_id = ? AND plugin_id = ? AND target = ? AND state = 'parked'",
      [stamp(now), post_id!, plugin_id!, one!],
    );
  const hurried = await hurryChanges(db, sleepers, now);
  await enqueueMany(
    db,
    rows.filter((row) => row.state === "parked" || !hurried.has(keyOfRow(row))).map((row) => jobOf(row, now)),
  );
  return rows.length;
}

// What changes, replaces or removes a copy that is there waits as a job, which alone knows what it is to do: it keeps that, and comes now.
async function hurryChanges(db: Transaction, { blogId, ...whose }: Sleepers, now: Date): Promise<ReadonlySet<string>> {
  const ofBlog = blogId === null ? "" : " AND blog_id = ?";
  const jobs = await db.query(`SELECT id, data FROM jobs WHERE plugin_id = 'core' AND name = ? AND state = 'waiting'${ofBlog}`, [
    copyJob,
    ...(blogId === null ? [] : [blogId]),
  ]);
  const hurried = new Set<string>();
  for (const { id, data } of jobs) {
    const copy = JSON.parse(String(data)) as CopyKey & { action: CopyAction };
    if (copy.action === "send" || !isOneOf(whose, copy)) continue;
    await db.run("UPDATE jobs SET run_at = ? WHERE id = ? AND state = 'waiting'", [stamp(now), id!]);
    hurried.add(keyOf(copy));
  }
  const source = db.runner.dataSource;
  if (hurried.size > 0) db.afterCommit(() => wakeWorkers(source));
  return hurried;
}

function isOneOf({ pluginId, target, servedBy }: Omit<Sleepers, "blogId">, copy: CopyKey): boolean {
  const isServed = servedBy === undefined || copy.pluginId === servedBy || copy.target.startsWith(`${servedBy}/`);
  return isServed && (pluginId ?? copy.pluginId) === copy.pluginId && (target ?? copy.target) === copy.target;
}

const keyOf = ({ postId, pluginId, target }: CopyKey): string => `${postId} ${pluginId}/${target}`;
const keyOfRow = ({ post_id, plugin_id, target }: Row): string => `${String(post_id)} ${String(plugin_id)}/${String(target)}`;

function jobOf(row: Row, now: Date) {
  const data = {
    postId: String(row.post_id),
    pluginId: String(row.plugin_id),
    target: String(row.target),
    action: row.state === "parked" ? "send" : "remove",
  };
  return { pluginId: "core", name: copyJob, blogId: String(row.blog_id), key: keyOfRow(row), data, runAt: now };
}
