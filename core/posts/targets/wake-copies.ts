import { stamp } from "../../clock.ts";
import { enqueueMany } from "../../jobs/enqueue.ts";
import type { Row, Transaction } from "../../storage/storage.ts";
import { copyJob } from "./follow-post.ts";

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

/** Gives copies that wait for their account their turn again, now; gives how many there were. */
export async function wakeCopies(db: Transaction, { blogId, pluginId, target, servedBy }: Sleepers, now: Date): Promise<number> {
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
  await enqueueMany(
    db,
    rows.map((row) => jobOf(row, now)),
  );
  return rows.length;
}

function jobOf({ post_id, plugin_id, target, blog_id, state }: Row, now: Date) {
  const data = {
    postId: String(post_id),
    pluginId: String(plugin_id),
    target: String(target),
    action: state === "parked" ? "send" : "remove",
  };
  const key = `${data.postId} ${data.pluginId}/${data.target}`;
  return { pluginId: "core", name: copyJob, blogId: String(blog_id), key, data, runAt: now };
}
