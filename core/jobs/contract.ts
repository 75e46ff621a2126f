import type { TestFn } from "ava";
import type { Dialect } from "../storage/columns.ts";
import { openTestStorage } from "../storage/testing.ts";
import { enqueueMany } from "./enqueue.ts";
import type { Run } from "./in-flight.ts";
import type { LeasedJob, NewJob } from "./job.ts";
import { countJobs } from "./list-jobs.ts";
import { Queue } from "./queue.ts";
import type { WorkerOptions } from "./worker.ts";

/** A way to work off the jobs table: the database's own or BullMQ's. */
export type Driver = { readonly name: string; readonly dialect: Dialect; work(options: WorkerOptions): Promise<void> };

const start = Date.parse("2026-11-24T09:30:00.000Z");
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A job to run now, named. */
export const greeting = (name: string, more: Partial<NewJob> = {}): NewJob => ({
  pluginId: "greeter",
  name,
  blogId: null,
  data: { name },
  runAt: new Date(start),
  ...more,
});

type Teardown = { teardown(work: () => unknown): void };

/** A database with a clock moved by hand, and workers of a driver that end with the test. */
export async function openWorkplace(t: Teardown, driver: Driver) {
  const storage = await openTestStorage(t, driver.dialect);
  const clock = {
    at: start,
    now() {
      return new Date(this.at);
    },
  };
  const queue = new Queue({ storage, clock, random: () => 0 });
  const enqueue = (...jobs: NewJob[]) => storage.write((db) => enqueueMany(db, jobs));
  const hire = (run: Run, more: Partial<WorkerOptions> = {}) => {
    const stopper = new AbortController();
    const worked = driver.work({ queue, run, log: quiet, signal: stopper.signal, ...more });
    const stop = async () => {
      stopper.abort();
      await worked;
    };
    t.teardown(stop);
    return stop;
  };
  return { storage, clock, queue, enqueue, hire };
}

/** Notes each run and says when there were as many as wanted. */
export function witness() {
  const seen: LeasedJob[] = [];
  const waits: { count: number; resolve: () => void }[] = [];
  return {
    seen,
    note(job: LeasedJob) {
      seen.push(job);
      for (const wait of waits) if (seen.length >= wait.count) wait.resolve();
    },
    async until(count: number) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waits.push({ count, resolve });
      if (seen.length >= count) resolve();
      await promise;
    },
  };
}

/** What every driver must do, whatever carries the ids. */
export function queueContract(test: TestFn, driver: Driver): void {
  const title = (sentence: string) => `${driver.name} on ${driver.dialect}: ${sentence}`;

  test(title("a job runs once with its data and is gone"), async (t) => {
    const { storage, enqueue, hire } = await openWorkplace(t, driver);
    const { seen, note, until } = witness();
    const stop = hire(async (job) => note(job));

    await enqueue(greeting("hello", { data: { to: "ana" } }));
    await until(1);
    await stop();

    t.deepEqual(
      seen.map(({ name, data, attempt }) => ({ name, data, attempt })),
      [{ name: "hello", data: { to: "ana" }, attempt: 1 }],
    );
    t.deepEqual(await countJobs(storage), { waiting: 0, running: 0, dead: 0, parked: 0 });
  });

  test(title("two workers share many jobs and run each once"), async (t) => {
    const { storage, enqueue, hire } = await openWorkplace(t, driver);
    const { seen, note, until } = witness();
    const stops = [hire(async (job) => note(job)), hire(async (job) => note(job))];

    await enqueue(...Array.from({ length: 60 }, (_, n) => greeting(`job${n}`)));
    await until(60);
    for (const stop of stops) await stop();

    t.is(new Set(seen.map((job) => job.id)).size, 60);
    t.is(seen.length, 60);
    t.is((await countJobs(storage)).waiting, 0);
  });

  test(title("a job for later runs when its time has come"), async (t) => {
    const { queue, clock, enqueue, hire } = await openWorkplace(t, driver);
    const { seen, note, until } = witness();
    hire(async (job) => note(job));

    await enqueue(greeting("later", { runAt: new Date(start + 60_000) }), greeting("now"));
    await until(1);
    clock.at += 60_000;
    queue.wake();
    await until(2);

    t.deepEqual(
      seen.map((job) => job.name),
      ["now", "later"],
    );
  });

  test(title("a failed job is tried again after its time, and dead after its last try"), async (t) => {
    const { storage, queue, clock, enqueue, hire } = await openWorkplace(t, driver);
    const { seen, note, until } = witness();
    const died = Promise.withResolvers<string>();
    const run = async (job: LeasedJob) => {
      queueMicrotask(() => note(job));
      throw new Error(`try ${job.attempt}`);
    };
    const onDead = (job: LeasedJob, sentence: string) => died.resolve(`${job.name}: ${sentence}`);
    const first = hire(run, { onDead });

    await enqueue(greeting("hopeless", { attempts: 2 }));
    await until(1);
    await first();
    clock.at += 60_000;
    hire(run, { onDead });

    t.is(await died.promise, "hopeless: try 2");
    t.deepEqual(
      seen.map((job) => job.attempt),
      [1, 2],
    );
    t.is((await countJobs(storage)).dead, 1);
    t.is((await queue.due(1)).length, 0);
  });

  test(title("one failing job holds up no other"), async (t) => {
    const { storage, enqueue, hire } = await openWorkplace(t, driver);
    const { note, until } = witness();
    const stop = hire(async (job) => {
      if (job.name === "bad") throw Object.assign(new Error("never"), { permanent: true });
      note(job);
    });

    await enqueue(greeting("bad"), ...Array.from({ length: 9 }, (_, n) => greeting(`good${n}`)));
    await until(9);
    await stop();

    t.deepEqual(await countJobs(storage), { waiting: 0, running: 0, dead: 1, parked: 0 });
  });

  test(title("stopping waits for running jobs"), async (t) => {
    const { storage, enqueue, hire } = await openWorkplace(t, driver);
    const { note, until } = witness();
    const door = Promise.withResolvers<void>();
    const stop = hire(async (job) => {
      note(job);
      await door.promise;
    });

    await enqueue(greeting("slow"));
    await until(1);
    const stopped = stop();
    door.resolve();
    await stopped;

    t.deepEqual(await countJobs(storage), { waiting: 0, running: 0, dead: 0, parked: 0 });
  });

  test(title("stopping gives back what does not end, untried, to the next worker"), async (t) => {
    const { storage, enqueue, hire } = await openWorkplace(t, driver);
    const { seen, note, until } = witness();
    let isToldToStop = false;
    const stop = hire(
      (job, signal) => {
        note(job);
        signal.addEventListener("abort", () => (isToldToStop = true));
        return new Promise(() => {});
      },
      { graceMs: 0 },
    );
    await enqueue(greeting("endless"));
    await until(1);

    await stop();
    const next = hire(async (job) => note(job));
    await until(2);
    await next();

    t.true(isToldToStop);
    t.deepEqual(
      seen.map((job) => job.attempt),
      [1, 1],
    );
    t.is((await countJobs(storage)).running, 0);
  });

  test(title("what a lost process was working on runs again"), async (t) => {
    const { storage, queue, clock, enqueue, hire } = await openWorkplace(t, driver);
    const { seen, note, until } = witness();
    await enqueue(greeting("orphan"));
    await queue.claim(1);
    clock.at += 31_000;

    const stop = hire(async (job) => note(job));
    await until(1);
    await stop();

    t.deepEqual(
      seen.map((job) => job.attempt),
      [2],
    );
    t.is((await countJobs(storage)).running, 0);
  });

  test(title("a new job of a running job's key is not lost"), async (t) => {
    const { enqueue, hire } = await openWorkplace(t, driver);
    const { seen, note, until } = witness();
    const door = Promise.withResolvers<void>();
    hire(async (job) => {
      note(job);
      await door.promise;
    });
    await enqueue(greeting("deliver", { key: "a", data: "old" }));
    await until(1);

    await enqueue(greeting("deliver", { key: "a", data: "new" }));
    door.resolve();
    await until(2);

    t.deepEqual(
      seen.map((job) => job.data),
      ["old", "new"],
    );
  });
}
