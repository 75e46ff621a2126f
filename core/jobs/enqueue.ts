import { createHash } from "node:crypto";
import { stamp } from "../clock.ts";
import { ulid } from "../ids.ts";
import { insert, upsert } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import type { JobData, NewJob } from "./job.ts";
import { wakeWorkers } from "./wake.ts";

/** Writes one job inside the caller's transaction: it exists exactly when the fact it follows from does. */
export async function enqueue(db: Transaction, job: NewJob): Promise<void> {
  await enqueueMany(db, [job]);
}

/** Writes jobs inside the caller's transaction, in their order; of several with one key the last stays. */
export async function enqueueMany(db: Transaction, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map(toRow);
  await insert(
    db,
    "jobs",
    rows.filter((row) => row.key_hash === null),
  );
  // The new job takes a new id with the place: what handlers did under the old one (effects are keyed by it) says nothing of this one.
  for (const row of rows) if (row.key_hash !== null) await upsert(db, "jobs", row, ["key_hash"]);
  const source = db.runner.dataSource;
  db.afterCommit(() => wakeWorkers(source));
}

/** Removes the waiting job of a key, if it was never tried; gives how many there were. */
export async function dropWaiting(db: Transaction, job: KeyedJob): Promise<number> {
  return db.run("DELETE FROM jobs WHERE key_hash = ? AND state = 'waiting' AND attempts = 0", [keyHash(job, job.key)]);
}

/** Gives the waiting job of a key other data, if it was never tried; gives how many there were. */
export async function changeWaiting(db: Transaction, job: KeyedJob, data: JobData): Promise<number> {
  const where = "WHERE key_hash = ? AND state = 'waiting' AND attempts = 0";
  // Looked at first: MySQL counts a row that already says so as unchanged.
  const found = await db.query(`SELECT id FROM jobs ${where}`, [keyHash(job, job.key)]);
  if (found.length > 0) await db.run(`UPDATE jobs SET data = ? ${where}`, [JSON.stringify(data), keyHash(job, job.key)]);
  return found.length;
}

/** What a waiting job is found by. */
export type KeyedJob = Pick<NewJob, "pluginId" | "name" | "blogId"> & { readonly key: string };

function toRow(job: NewJob) {
  const data = JSON.stringify(job.data) as string | undefined;
  if (data === undefined) throw new Error(`The job “${job.name}” of “${job.pluginId}” carries something that is not JSON`);
  return {
    id: ulid(),
    plugin_id: job.pluginId,
    name: job.name,
    blog_id: job.blogId,
    data,
    key_hash: job.key === undefined ? null : keyHash(job, job.key),
    own_key: null,
    state: "waiting",
    attempts: 0,
    max_attempts: Math.max(1, Math.floor(job.attempts ?? 6)),
    run_at: stamp(job.runAt),
    lease: null,
    held_until: null,
    last_error: "",
  };
}

function keyHash(job: Pick<NewJob, "pluginId" | "name" | "blogId">, key: string): string {
  return createHash("sha256")
    .update(JSON.stringify([job.pluginId, job.name, job.blogId, key]))
    .digest("hex");
}
