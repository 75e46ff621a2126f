import { sentenceOf } from "../errors.ts";
import { Bell } from "./bell.ts";
import { InFlight, type Work } from "./in-flight.ts";
import { recoverJobs, Upkeep, type UpkeepOptions } from "./upkeep.ts";

/** How a worker works. `signal` stops it. */
export type WorkerOptions = UpkeepOptions & {
  /** Jobs at a time; 4 unless told. */
  readonly concurrency?: number;
  /** How long running jobs may go on after the signal before they are given back; 10,000 unless told. */
  readonly graceMs?: number;
  readonly signal: AbortSignal;
};

const [soon, seldom] = [200, 1000];

/**
 * Works until `signal`: looks for due jobs when one is enqueued in this process and otherwise every 200 ms to 1 s.
 * Resolves when running jobs are finished or given back. A database that does not answer is asked again, never fatal.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { queue, signal, log, concurrency = 4, graceMs = 10_000 } = options;
  const [bell, inFlight, upkeep] = [new Bell(), new InFlight(options), new Upkeep(options)];
  const ring = () => bell.ring();
  const deafen = queue.onWake(ring);
  signal.addEventListener("abort", ring);

  // Polls quickly after there was work, slowly when there is none.
  let pause = soon;
  while (!signal.aborted) {
    try {
      await upkeep.turn();
      const jobs = await queue.claim(concurrency - inFlight.size);
      for (const job of jobs) void inFlight.start(job).then(ring);
      pause = jobs.length > 0 ? soon : Math.min(pause * 2, seldom);
    } catch (error) {
      log.error("Looking for jobs failed; trying again", { error: sentenceOf(error) });
      pause = seldom;
    }
    if (await bell.wait(pause)) pause = soon;
  }

  deafen();
  signal.removeEventListener("abort", ring);
  await inFlight.stop(graceMs);
}

/** Runs everything that is due now, and what that enqueues, one after the other until nothing is. Gives how many tries were run. */
export async function runDue(work: Work): Promise<number> {
  const inFlight = new InFlight(work);
  let count = 0;
  try {
    await recoverJobs(work);
    for (let [job] = await work.queue.claim(1); job; [job] = await work.queue.claim(1)) {
      await inFlight.start(job);
      count++;
      if (count >= 100_000) throw new Error(`“${job.name}” of “${job.pluginId}” keeps enqueueing what is due at once`);
    }
  } finally {
    await inFlight.stop(0);
  }
  return count;
}
