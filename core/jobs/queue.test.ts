import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { enqueue, enqueueMany } from "./enqueue.ts";
import type { NewJob } from "./job.ts";
import { nextAttempt } from "./next-attempt.ts";
import { Queue } from "./queue.ts";
import { dropJobsOf, parkJobs, unparkJobs } from "./plugin-jobs.ts";

const start = Date.parse("2026-11-24T09:30:00.000Z");
const minute = 60_000;
const kim = "01JKM000000000000000000000";
const lee = "01JEE000000000000000000000";

function handClock(at = start) {
  return {
    at,
    now() {
      return new Date(this.at);
    },
  };
}

const job = (name: string, more: Partial<NewJob> = {}): NewJob => ({
  pluginId: "greeter",
  name,
  blogId: kim,
  data: { name },
  runAt: new Date(start),
  ...more,
});

type Opened = Awaited<ReturnType<typeof open>>;
async function open(t: Parameters<typeof openTestStorage>[0], dialect: (typeof databases)[number]) {
  const storage = await openTestStorage(t, dialect);
  const clock = handClock();
  const queue = new Queue({ storage, clock, random: () => 0.5 });
  const add = (...jobs: NewJob[]) => storage.write((db) => enqueueMany(db, jobs));
  return { storage, clock, queue, add };
}

async function rows({ storage }: Opened) {
  return storage.query<{ name: string; state: string; attempts: number; data: string; last_error: string }>(
    "SELECT name, state, attempts, data, last_error FROM jobs ORDER BY run_at, id",
  );
}

for (const dialect of databases) {
  test(`${dialect}: a job exists exactly when its transaction is committed`, async (t) => {
    const opened = await open(t, dialect);

    await t.throwsAsync(
      opened.storage.write(async (db) => {
        await enqueue(db, job("never"));
        throw new Error("no post, no job");
      }),
    );
    await opened.add(job("hello"));

    t.deepEqual(
      (await rows(opened)).map((row) => row.name),
      ["hello"],
    );
  });

  test(`${dialect}: due jobs are claimed in their order, others are not, and a done one is gone`, async (t) => {
    const opened = await open(t, dialect);
    await opened.add(
      job("later", { runAt: new Date(start + minute) }),
      job("second"),
      job("third"),
      job("first", { runAt: new Date(start - minute) }),
    );

    const claimed = await opened.queue.claim(10);
    for (const one of claimed) t.true(await opened.queue.complete(one));

    t.deepEqual(
      claimed.map(({ name, data, attempt, blogId }) => ({ name, data, attempt, blogId })),
      ["first", "second", "third"].map((name) => ({ name, data: { name }, attempt: 1, blogId: kim })),
    );
    t.deepEqual(
      (await rows(opened)).map((row) => row.name),
      ["later"],
    );
  });

  test(`${dialect}: processes that claim at once never get the same job`, async (t) => {
    const opened = await open(t, dialect);
    await opened.add(...Array.from({ length: 40 }, (_, n) => job(`job${n}`)));
    const processes = Array.from({ length: 8 }, () => new Queue({ storage: opened.storage, clock: opened.clock }));

    const claimed = (await Promise.all(processes.map((process) => process.claim(10)))).flat();
    for (;;) {
      const more = await opened.queue.claim(10);
      if (more.length === 0) break;
      claimed.push(...more);
    }

    t.is(claimed.length, 40);
    t.is(new Set(claimed.map((one) => one.id)).size, 40);
  });

  test(`${dialect}: a failing job waits longer each time and is dead after its sixth try`, async (t) => {
    const opened = await open(t, dialect);
    const { queue, clock } = opened;
    await opened.add(job("hopeless"));
    const waits: number[] = [];

    for (let attempt = 1; attempt <= 6; attempt++) {
      const [claimed] = await queue.claim(1);
      t.is(claimed?.attempt, attempt);
      t.is(await queue.fail(claimed!, new Error("lee.example answered 503")), attempt < 6 ? "waiting" : "dead");
      const next = await opened.storage.query<{ run_at: string }>("SELECT run_at FROM jobs WHERE state = 'waiting'");
      if (next[0]) waits.push((Date.parse(next[0].run_at) - clock.at) / minute);
      t.deepEqual(await queue.claim(1), []);
      if (next[0]) clock.at = Date.parse(next[0].run_at);
    }

    t.deepEqual(waits, [1.1, 5.5, 33, 132, 792]);
    t.like((await rows(opened))[0], { state: "dead", attempts: 6, last_error: "lee.example answered 503" });
  });

  test(`${dialect}: an error that is permanent ends the tries at once`, async (t) => {
    const opened = await open(t, dialect);
    await opened.add(job("gone"));

    const [claimed] = await opened.queue.claim(1);
    const outcome = await opened.queue.fail(claimed!, Object.assign(new Error("410"), { permanent: true }));

    t.is(outcome, "dead");
    t.like((await rows(opened))[0], { state: "dead", attempts: 1 });
  });

  test(`${dialect}: the same key takes the place of a waiting job only`, async (t) => {
    const opened = await open(t, dialect);
    await opened.add(job("deliver", { key: "a", data: 1 }), job("deliver", { key: "a", data: 2 }));
    await opened.add(job("deliver", { key: "a", blogId: lee, data: "lee" }), job("deliver", { key: "b", data: "b" }));
    const [running] = await opened.queue.claim(1);

    await opened.add(job("deliver", { key: "a", data: 3 }), job("deliver", { key: "a", data: 4 }));

    t.is(running?.data, 2);
    t.deepEqual((await rows(opened)).map((row) => `${row.state} ${row.data}`).sort(), [
      "running 2",
      'waiting "b"',
      'waiting "lee"',
      "waiting 4",
    ]);
  });

  test(`${dialect}: a job that fails while a newer one of its key waits makes way for it`, async (t) => {
    const opened = await open(t, dialect);
    await opened.add(job("deliver", { key: "a", data: "old" }));
    const [running] = await opened.queue.claim(1);
    await opened.add(job("deliver", { key: "a", data: "new" }));

    const outcome = await opened.queue.fail(running!, new Error("503"));

    t.is(outcome, "replaced");
    t.deepEqual(
      (await rows(opened)).map((row) => row.data),
      ['"new"'],
    );
  });

  test(`${dialect}: a job between two tries is still replaced by its key`, async (t) => {
    const opened = await open(t, dialect);
    await opened.add(job("deliver", { key: "a", data: "old" }));
    const [running] = await opened.queue.claim(1);
    await opened.queue.fail(running!, new Error("503"));

    await opened.add(job("deliver", { key: "a", data: "new" }));

    t.deepEqual(
      (await rows(opened)).map(({ data, attempts }) => [data, Number(attempts)]),
      [['"new"', 0]],
    );
  });

  test(`${dialect}: a lease that ends gives the job to another process, and the late one changes nothing`, async (t) => {
    const opened = await open(t, dialect);
    const { queue, clock } = opened;
    await opened.add(job("slow"));
    const [late] = await queue.claim(1);
    clock.at += 29_000;
    t.deepEqual(await queue.recover(), []);
    t.deepEqual(await queue.claim(1), []);
    t.deepEqual(await queue.renew([late!]), []);
    clock.at += 29_000;
    await queue.recover();
    t.deepEqual(await queue.claim(1), []);

    clock.at += 2000;
    await queue.recover();
    const [other] = await queue.claim(1);

    t.is(other?.attempt, 2);
    t.deepEqual(await queue.renew([late!]), [late!]);
    t.false(await queue.complete(late!));
    t.is(await queue.fail(late!, new Error("late")), "gone");
    t.true(await queue.complete(other!));
  });

  test(`${dialect}: a job that takes its process down each time ends dead, not lost and not for ever`, async (t) => {
    const opened = await open(t, dialect);
    await opened.add(job("poison", { attempts: 2 }));
    for (let crash = 0; crash < 2; crash++) {
      t.is((await opened.queue.claim(1)).length, 1);
      opened.clock.at += 31_000;
      const dead = await opened.queue.recover();
      t.is(dead.length, crash);
    }

    t.deepEqual(await opened.queue.claim(1), []);
    t.like((await rows(opened))[0], { state: "dead" });
    t.regex((await rows(opened))[0]!.last_error, /Stopped in the middle/);
  });

  test(`${dialect}: a released job waits again at once and the try is not counted`, async (t) => {
    const opened = await open(t, dialect);
    await opened.add(job("patient", { key: "a" }));
    const claimed = await opened.queue.claim(1);

    await opened.queue.release(claimed);

    t.is((await opened.queue.claim(1))[0]?.attempt, 1);
  });

  test(`${dialect}: jobs of a plugin or blog that is gone are gone, its running one too`, async (t) => {
    const opened = await open(t, dialect);
    const { storage, queue } = opened;
    await opened.add(job("a"), job("b", { blogId: lee }), job("c", { pluginId: "other" }), job("d", { blogId: null }));
    const [running] = await queue.claim(1);

    await storage.write((db) => dropJobsOf(db, { blogId: kim }));
    const left = (await rows(opened)).map((row) => row.name);
    await storage.write((db) => dropJobsOf(db, { pluginId: "greeter" }));

    t.is(await queue.fail(running!, new Error("too late")), "gone");
    t.deepEqual(left, ["b", "d"]);
    t.deepEqual(await rows(opened), []);
  });

  test(`${dialect}: parked jobs rest until they are unparked, and go after thirty days`, async (t) => {
    const opened = await open(t, dialect);
    const { storage, queue, clock } = opened;
    const park = (blogId: string) => storage.write((db) => parkJobs(db, { pluginId: "greeter", blogId }, clock.now()));
    await opened.add(job("a"), job("b", { blogId: lee }));

    t.is(await park(kim), 1);
    t.is(await park(lee), 1);
    t.deepEqual(await queue.claim(5), []);
    t.is(await storage.write((db) => unparkJobs(db, { pluginId: "greeter", blogId: kim })), 1);
    clock.at += 31 * 24 * 60 * minute;
    await queue.recover();

    t.deepEqual(
      (await rows(opened)).map((row) => `${row.state} ${row.name}`),
      ["waiting a"],
    );
  });

  test(`${dialect}: a job whose plugin is off is parked without counting the try`, async (t) => {
    const opened = await open(t, dialect);
    await opened.add(job("a"));

    const [claimed] = await opened.queue.claim(1);
    const outcome = await opened.queue.fail(claimed!, Object.assign(new Error("greeter is off"), { park: true }));

    t.is(outcome, "parked");
    t.like((await rows(opened))[0], { state: "parked", attempts: 0 });
  });
}

test("each next try comes within a fifth of its time", (t) => {
  const at = (attempts: number, random: number) =>
    (nextAttempt(attempts, new Date(start), () => random).getTime() - start) / minute;

  t.deepEqual(
    [1, 2, 3, 4, 5, 6].map((attempts) => [at(attempts, 0), at(attempts, 1)]),
    [1, 5, 30, 120, 720, 720].map((minutes) => [minutes, (minutes * 6) / 5]),
  );
});
