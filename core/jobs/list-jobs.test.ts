import test from "ava";
import { databases } from "../storage/testing.ts";
import { greeting, openWorkplace } from "./contract.ts";
import { cancelJob, countJobs, listJobs, queueLag, retryJob } from "./list-jobs.ts";
import { runWorker } from "./worker.ts";

for (const dialect of databases) {
  const open = (t: Parameters<typeof openWorkplace>[0]) => openWorkplace(t, { name: "database queue", dialect, work: runWorker });

  test(`${dialect}: jobs are listed page by page, the next due first`, async (t) => {
    const { storage, clock, enqueue } = await open(t);
    await enqueue(...[3, 1, 2, 0, 0].map((n) => greeting(`in${n}`, { runAt: new Date(clock.at + n * 1000) })));

    const names: string[][] = [];
    let after: string | undefined;
    do {
      const page = await listJobs(storage, { state: "waiting", limit: 2, ...(after && { after }) });
      names.push(page.jobs.map((job) => job.name));
      after = page.next ?? undefined;
    } while (after);

    t.deepEqual(names, [["in0", "in0"], ["in1", "in2"], ["in3"]]);
  });

  test(`${dialect}: a dead job shows why, runs again from its first try, or is cancelled`, async (t) => {
    const { storage, queue, clock, enqueue } = await open(t);
    await enqueue(greeting("one"), greeting("two"));
    for (const job of await queue.claim(2)) {
      clock.at += 1000;
      await queue.fail(job, Object.assign(new Error(`${job.name} is gone`), { permanent: true }));
    }

    const { jobs } = await listJobs(storage, { state: "dead" });
    const [two, one] = jobs;
    t.true(await retryJob(storage, one!.id, clock.now()));
    t.true(await cancelJob(storage, two!.id));

    t.deepEqual(
      jobs.map(({ name, lastError, attempts, maxAttempts }) => [name, lastError, attempts, maxAttempts]),
      [
        ["two", "two is gone", 1, 6],
        ["one", "one is gone", 1, 6],
      ],
    );
    const [again] = await queue.claim(5);
    t.like(again, { name: "one", attempt: 1 });
    t.false(await cancelJob(storage, again!.id));
    t.false(await retryJob(storage, two!.id, clock.now()));
  });

  test(`${dialect}: each state is counted, up to a thousand and one`, async (t) => {
    const { storage, queue, enqueue } = await open(t);
    await enqueue(...Array.from({ length: 1010 }, (_, n) => greeting(`job${n}`)));
    await queue.claim(3);

    t.deepEqual(await countJobs(storage), { waiting: 1001, running: 3, dead: 0, parked: 0 });
  });

  test(`${dialect}: the lag is how long the longest due job has waited`, async (t) => {
    const { storage, clock, enqueue } = await open(t);
    t.is(await queueLag(storage, clock.now()), 0);

    await enqueue(greeting("later", { runAt: new Date(clock.at + 60_000) }));
    t.is(await queueLag(storage, clock.now()), 0);

    clock.at += 65_000;
    t.is(await queueLag(storage, clock.now()), 5000);
  });
}
