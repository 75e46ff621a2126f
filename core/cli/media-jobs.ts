import { setTimeout as after } from "node:timers/promises";
import type { Scope } from "../hooks/scope.ts";
import { fetchingOf } from "../host/imports/fetching.ts";
import { importById } from "../host/imports/import-rows.ts";
import { mediaJob } from "../host/imports/media-job.ts";
import type { House } from "../house.ts";
import { InFlight } from "../jobs/in-flight.ts";
import { workerOptions } from "../start.ts";

/** How a command waits for the files of an import. */
export type Watch = {
  readonly signal: AbortSignal;
  readonly onProgress: (files: { readonly done: number; readonly total: number }) => void;
};

const pauseMs = 200;
const ends = { none: "done", running: "later", stopped: "stopped" } as const;

/** `later` when a server or worker is to do the rest, `stopped` when nothing is going to. */
export type FetchEnd = "done" | "later" | "stopped";

/**
 * Works on the jobs that fetch an import's files, and on no others, until they are all done with, `signal` ended it, the old
 * site is to be asked again later, or it was given up.
 */
export async function runMediaJobs(house: House, scope: Scope, id: string, { signal, onProgress }: Watch): Promise<FetchEnd> {
  const inFlight = new InFlight(workerOptions(house, signal));
  try {
    while (!signal.aborted) {
      const one = await importById(scope, id);
      if (one?.state !== "done" || one.report?.files?.isStopped) return "stopped";
      if (one.report?.files?.isFinished) return "done";
      if (one.progress.files) onProgress(one.progress.files);
      const job = await jobOf(scope, id);
      if (!job) return ends[await fetchingOf(scope, one)];
      if (job.state === "waiting" && job.runAt > house.clock.now().getTime() + 1000) return "later";
      const claimed = job.state === "waiting" ? await house.queue.claimById(job.id) : null;
      await (claimed ? stoppable(inFlight.start(claimed), signal) : after(pauseMs));
    }
    return "later";
  } finally {
    await inFlight.stop(0);
  }
}

async function jobOf(scope: Scope, importId: string): Promise<{ id: string; state: string; runAt: number } | null> {
  const sql =
    "SELECT id, state, run_at, data FROM jobs WHERE plugin_id = 'core' AND name = ? AND blog_id = ? AND state IN ('waiting', 'running')";
  const rows = await scope.storage.query(sql, [mediaJob, scope.blog!.id]);
  const own = rows.filter(({ data }) => (JSON.parse(String(data)) as { importId: string }).importId === importId);
  const row = own.find(({ state }) => state === "waiting") ?? own[0];
  return row ? { id: String(row.id), state: String(row.state), runAt: Date.parse(String(row.run_at)) } : null;
}

function stoppable(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return Promise.race([work, promise]);
}
