import { stamp } from "../clock.ts";
import type { Transaction } from "../storage/storage.ts";

/** Whose jobs: a plugin's, a blog's, or a plugin's on one blog. */
export type Owner =
  { readonly pluginId: string; readonly blogId?: string } | { readonly pluginId?: string; readonly blogId: string };

/** How long the jobs of a plugin that was switched off are kept. */
export const parkedDays = 30;

/** Removes all jobs and schedules of a plugin or blog that is gone; one that runs finishes into nothing. Gives how many jobs. */
export async function dropJobsOf(db: Transaction, owner: Owner): Promise<number> {
  const { sql, values } = owned(owner);
  const { pluginId = "", blogId } = owner;
  // Schedule ids are `plugin/job/blog`; "0" is the character after "/".
  const ofPlugin = pluginId === "" ? "1 = 1" : "id >= ? AND id < ?";
  const ofBlog = blogId === undefined ? "1 = 1" : "id LIKE ?";
  await db.run(`DELETE FROM schedules WHERE ${ofPlugin} AND ${ofBlog}`, [
    ...(pluginId === "" ? [] : [`${pluginId}/`, `${pluginId}0`]),
    ...(blogId === undefined ? [] : [`%/${blogId}`]),
  ]);
  return db.run(`DELETE FROM jobs WHERE ${sql}`, values);
}

/** Sets waiting jobs of a plugin that is switched off aside for 30 days. Gives how many. */
export async function parkJobs(db: Transaction, owner: Owner, now: Date): Promise<number> {
  const { sql, values } = owned(owner);
  const until = stamp(new Date(now.getTime() + parkedDays * 86_400_000));
  return db.run(`UPDATE jobs SET state = 'parked', held_until = ? WHERE ${sql} AND state = 'waiting'`, [until, ...values]);
}

/** Lets parked jobs wait for their turn again, each at the time it had. Gives how many. */
export async function unparkJobs(db: Transaction, owner: Owner): Promise<number> {
  const { sql, values } = owned(owner);
  return db.run(`UPDATE jobs SET state = 'waiting', held_until = NULL WHERE ${sql} AND state = 'parked'`, values);
}

function owned({ pluginId, blogId }: Owner): { sql: string; values: string[] } {
  const parts: [string, string | undefined][] = [
    ["plugin_id = ?", pluginId],
    ["blog_id = ?", blogId],
  ];
  const given = parts.filter((part): part is [string, string] => part[1] !== undefined);
  if (given.length === 0) throw new Error("Say whose jobs: a plugin's or a blog's");
  return { sql: given.map(([sql]) => sql).join(" AND "), values: given.map(([, value]) => value) };
}
