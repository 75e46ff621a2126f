import test from "ava";
import { databases } from "../storage/testing.ts";
import { type Driver, greeting, openWorkplace, queueContract, witness } from "./contract.ts";
import { runDue, runWorker } from "./worker.ts";

const silent = { info() {}, warn() {}, error() {} };

for (const dialect of databases) queueContract(test, { name: "database queue", dialect, work: runWorker });

const driver: Driver = { name: "database queue", dialect: "sqlite", work: runWorker };

test("everything due is run until nothing is, also what jobs enqueue", async (t) => {
  const { queue, enqueue } = await openWorkplace(t, driver);
  await enqueue(greeting("first"), greeting("never", { runAt: new Date("2027-01-01T00:00:00Z") }));
  const names: string[] = [];
  const run = async (job: { name: string }) => {
    names.push(job.name);
    if (job.name === "first") await enqueue(greeting("second"));
    if (job.name === "second") throw new Error("tried again later, not now");
  };

  t.is(await runDue({ queue, run, log: silent }), 2);
  t.deepEqual(names, ["first", "second"]);
});

test("a worker outlives a database that does not answer for a while", async (t) => {
  const { queue, enqueue, hire } = await openWorkplace(t, driver);
  const { seen, note, until } = witness();
  const claim = queue.claim.bind(queue);
  let failures = 0;
  queue.claim = async (limit) => {
    if (failures++ < 2) throw new Error("database is locked");
    return claim(limit);
  };

  hire(async (job) => note(job), { log: { ...silent, error: () => queue.wake() } });
  await enqueue(greeting("hello"));
  await until(1);

  t.is(seen.length, 1);
});

test("a worker looks at schedules, and a broken one holds up no job", async (t) => {
  const { enqueue, hire } = await openWorkplace(t, driver);
  const { note, until } = witness();
  let looks = 0;
  hire(async (job) => note(job), { schedules: () => Promise.reject(new Error(`broken ${++looks}`)) });

  await enqueue(greeting("hello"));
  await until(1);

  t.true(looks > 0);
});
