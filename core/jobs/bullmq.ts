import type { Queue as BullQueue } from "bullmq";
import { sentenceOf } from "../errors.ts";
import { Bell } from "./bell.ts";
import { InFlight } from "./in-flight.ts";
import { openRedisLines } from "./redis-lines.ts";
import { Upkeep } from "./upkeep.ts";
import type { WorkerOptions } from "./worker.ts";

/** How a worker works through Redis; `prefix` keeps installations that share a server apart. */
export type BullWorkerOptions = WorkerOptions & { readonly redisUrl: string; readonly prefix: string };

const queueName = "jobs";
const handful = 200;

/**
 * Works like `runWorker`, with Redis in between: a relay puts the ids of due jobs into a BullMQ queue, and whoever gets an id
 * leases the row. The table stays the truth, so what Redis loses is put in again and what it doubles finds no row.
 */
export async function runBullWorker(options: BullWorkerOptions): Promise<void> {
  const { queue, signal, graceMs = 10_000 } = options;
  const inFlight = new InFlight(options);
  const { bullQueue, bullWorker, lines } = await openBull(options, async (id) => {
    const job = signal.aborted ? null : await queue.claimById(id);
    if (job) await inFlight.start(job);
  });

  await relay(options, bullQueue, (ring) => bullWorker.on("drained", ring));

  // Without waiting: running jobs get their grace below.
  if (lines.areUp) await quietly(bullWorker.pause(true));
  await inFlight.stop(graceMs);
  // Closing in peace never ends while Redis is away; its entries are worth nothing without their rows.
  await quietly(bullWorker.close(!lines.areUp));
  await quietly(bullQueue.close());
  lines.cut();
}

async function openBull(options: BullWorkerOptions, work: (id: string) => Promise<void>) {
  const { prefix, concurrency = 4, log } = options;
  // Read only where Redis is used: without it the process stays small.
  const bull = await import("bullmq");
  const onError = oncePerOutage((error) => log.error("Redis does not answer; jobs wait in the database", { error }));
  const lines = await openRedisLines(options.redisUrl, onError);
  const shared = { prefix, skipVersionCheck: true };
  const bullQueue = new bull.Queue(queueName, { ...shared, connection: lines.impatient });
  const bullWorker = new bull.Worker<{ id: string }>(queueName, (entry) => work(entry.data.id), {
    ...shared,
    concurrency,
    connection: lines.patient,
    // A job that stalls is back in the table by its own lease; BullMQ must not give it up before.
    maxStalledCount: 10,
  });
  bullQueue.on("error", onError);
  bullWorker.on("error", onError);
  return { bullQueue, bullWorker, lines };
}

async function relay(options: BullWorkerOptions, bullQueue: BullQueue, onDrained: (ring: () => void) => void): Promise<void> {
  const { queue, signal, log } = options;
  const [bell, upkeep] = [new Bell(), new Upkeep(options)];
  const ring = () => bell.ring();
  const deafen = queue.onWake(ring);
  signal.addEventListener("abort", ring);
  onDrained(ring);
  const onError = oncePerOutage((error) => log.error("Passing jobs on failed; trying again", { error }));
  while (!signal.aborted) {
    try {
      await upkeep.turn();
      await within(5000, feed(options, bullQueue));
    } catch (error) {
      onError(error);
    }
    await bell.wait(500);
  }
  deafen();
  signal.removeEventListener("abort", ring);
}

// The oldest due jobs only, again and again until they are claimed: BullMQ ignores an id it has, and Redis never holds a backlog.
// The try is part of the id, because the entry of a try that crashed stays in Redis for a while.
async function feed({ queue }: BullWorkerOptions, bullQueue: BullQueue): Promise<void> {
  const due = await queue.due(handful);
  if (due.length === 0 || (await bullQueue.getWaitingCount()) >= handful) return;
  const entry = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
  await bullQueue.addBulk(
    due.map(({ id, attempts }) => ({ name: "job", data: { id }, opts: { ...entry, jobId: `${id}-${attempts}` } })),
  );
}

// Commands given while Redis is away may never end.
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error("No answer from Redis")), ms);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function quietly(work: Promise<unknown>): Promise<void> {
  await within(2000, work).catch(() => "Redis is away; there is nothing to put right at the end");
}

// ioredis reports each vain reconnect; one line a minute says the same.
function oncePerOutage(say: (sentence: string) => void): (error: unknown) => void {
  let saidAt = -Infinity;
  return (error) => {
    if (performance.now() - saidAt < 60_000) return;
    saidAt = performance.now();
    say(sentenceOf(error));
  };
}
