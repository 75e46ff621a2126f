import { stamp } from "../clock.ts";
import type { Storage } from "../storage/storage.ts";
import type { JobData, JobState } from "./job.ts";
import { payloadSummary } from "./payload-summary.ts";
import { wakeWorkers } from "./wake.ts";

/** A job as the dashboard and the command line show it. */
export type ListedJob = {
  readonly id: string;
  readonly pluginId: string;
  readonly name: string;
  readonly blogId: string | null;
  readonly state: JobState;
  readonly attempts: number;
  readonly maxAttempts: number;
  /** When it runs next; for a dead one, when it died. ISO 8601. */
  readonly runAt: string;
  readonly lastError: string;
  /** What it carries, without secrets. */
  readonly summary: string;
};

type Listed = {
  id: string;
  plugin_id: string;
  name: string;
  blog_id: string | null;
  state: JobState;
  attempts: number;
  max_attempts: number;
  run_at: string;
  last_error: string;
  data: string;
};

/** Jobs in one state, the next due first (the latest dead first); `after` is the `next` of the page before, 20 unless told, at most 100. */
export async function listJobs(
  storage: Storage,
  { state, after, limit = 20 }: { state: JobState; after?: string; limit?: number },
): Promise<{ jobs: ListedJob[]; next: string | null }> {
  const [runAt = "", id = ""] = after?.split(" ") ?? [];
  const [beyond, order] = state === "dead" ? ["<", "DESC"] : [">", "ASC"];
  const size = Math.min(Math.max(1, Math.floor(limit)), 100);
  const rows = await storage.query<Listed>(
    `SELECT id, plugin_id, name, blog_id, state, attempts, max_attempts, run_at, last_error, data FROM jobs WHERE state = ?
     ${after === undefined ? "" : `AND (run_at ${beyond} ? OR (run_at = ? AND id ${beyond} ?))`}
     ORDER BY run_at ${order}, id ${order} LIMIT ?`,
    [state, ...(after === undefined ? [] : [runAt, runAt, id]), size + 1],
  );
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { jobs: shown.map(listed), next: rows.length > size && last ? `${last.run_at} ${last.id}` : null };
}

/** How many jobs are in each state; 1001 means more than a thousand. */
export async function countJobs(storage: Storage): Promise<Record<JobState, number>> {
  const counts: Record<JobState, number> = { waiting: 0, running: 0, dead: 0, parked: 0 };
  for (const state of Object.keys(counts) as JobState[]) {
    const rows = await storage.query<{ n: number | string }>(
      "SELECT COUNT(*) AS n FROM (SELECT id FROM jobs WHERE state = ? LIMIT 1001) few",
      [state],
    );
    counts[state] = Number(rows[0]?.n ?? 0);
  }
  return counts;
}

/** Milliseconds that the longest due job has been waiting; 0 when none is due. */
export async function queueLag(storage: Storage, now: Date): Promise<number> {
  const rows = await storage.query<{ run_at: string }>(
    "SELECT run_at FROM jobs WHERE state = 'waiting' ORDER BY run_at, id LIMIT 1",
  );
  return rows[0] ? Math.max(0, now.getTime() - Date.parse(rows[0].run_at)) : 0;
}

/** Runs a dead job again from its first try, or a waiting one now. False when there is none such. */
export async function retryJob(storage: Storage, id: string, now: Date): Promise<boolean> {
  return storage.write(async (db) => {
    const { dataSource } = db.runner;
    const changed = await db.run(
      "UPDATE jobs SET state = 'waiting', attempts = 0, run_at = ? WHERE id = ? AND state IN ('dead', 'waiting')",
      [stamp(now), id],
    );
    if (changed > 0) db.afterCommit(() => wakeWorkers(dataSource));
    return changed > 0;
  });
}

/** Removes a job that is not running. False when there is none such. */
export async function cancelJob(storage: Storage, id: string): Promise<boolean> {
  return storage.write(
    async (db) => (await db.run("DELETE FROM jobs WHERE id = ? AND state IN ('waiting', 'dead', 'parked')", [id])) > 0,
  );
}

function listed(row: Listed): ListedJob {
  return {
    id: row.id,
    pluginId: row.plugin_id,
    name: row.name,
    blogId: row.blog_id,
    state: row.state,
    attempts: Number(row.attempts),
    maxAttempts: Number(row.max_attempts),
    runAt: row.run_at,
    lastError: row.last_error,
    summary: payloadSummary(JSON.parse(row.data) as JobData),
  };
}
