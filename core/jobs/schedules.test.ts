import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { dropJobsOf } from "./plugin-jobs.ts";
import { ensureSchedules, ownerOf, scheduleId, takeDue } from "./schedules.ts";

const start = Date.parse("2026-11-24T09:10:00.000Z");
const at = (minutes: number) => new Date(start + minutes * 60_000);
const blogId = "01JKM000000000000000000000";
const refresh = scheduleId({ pluginId: "feeds", name: "refresh", blogId });
const clean = scheduleId({ pluginId: "cleaner", name: "clean", blogId: null });
const hourly = () => ({ hours: 1 });

async function open(t: Parameters<typeof openTestStorage>[0], dialect: (typeof databases)[number]) {
  const storage = await openTestStorage(t, dialect);
  const ensure = (every: Temporal.DurationLike, now: Date) =>
    storage.write((db) => ensureSchedules(db, [{ id: refresh, every }], now));
  const jobs = () => storage.query("SELECT plugin_id, name, blog_id, run_at FROM jobs ORDER BY id");
  const next = async () => (await storage.query<{ next_at: string }>("SELECT next_at FROM schedules"))[0]?.next_at;
  return { storage, ensure, jobs, next };
}

for (const dialect of databases) {
  test(`${dialect}: a schedule enqueues its job each time its period is over, not before`, async (t) => {
    const { storage, ensure, jobs } = await open(t, dialect);
    await ensure({ hours: 1 }, at(0));
    await ensure({ hours: 1 }, at(30));

    t.deepEqual(await takeDue(storage, at(59), hourly), []);
    t.deepEqual(await takeDue(storage, at(60), hourly), [refresh]);
    t.deepEqual(await takeDue(storage, at(61), hourly), []);

    t.deepEqual(
      (await jobs()).map((row) => ({ ...row })),
      [{ plugin_id: "feeds", name: "refresh", blog_id: blogId, run_at: at(60).toISOString() }],
    );
  });

  test(`${dialect}: what was missed runs once and the rhythm stays`, async (t) => {
    const { storage, ensure, jobs, next } = await open(t, dialect);
    await ensure({ hours: 1 }, at(0));

    await takeDue(storage, at(60 * 30 + 7), hourly);
    await takeDue(storage, at(60 * 30 + 8), hourly);

    t.is((await jobs()).length, 1);
    t.is(await next(), at(60 * 31).toISOString());
  });

  test(`${dialect}: of processes that look at once exactly one enqueues the job`, async (t) => {
    const { storage, ensure, jobs } = await open(t, dialect);
    await ensure({ hours: 1 }, at(0));

    const taken = await Promise.all(Array.from({ length: 8 }, () => takeDue(storage, at(60), hourly)));

    t.deepEqual(taken.flat(), [refresh]);
    t.is((await jobs()).length, 1);
  });

  test(`${dialect}: a job that is still waiting is not enqueued twice`, async (t) => {
    const { storage, ensure, jobs } = await open(t, dialect);
    await ensure({ hours: 1 }, at(0));

    await takeDue(storage, at(60), hourly);
    await takeDue(storage, at(120), hourly);

    t.is((await jobs()).length, 1);
  });

  test(`${dialect}: the schedule of a plugin that is off rests`, async (t) => {
    const { storage, ensure, jobs, next } = await open(t, dialect);
    await ensure({ minutes: 5 }, at(0));

    t.deepEqual(await takeDue(storage, at(60), () => null), []);

    t.deepEqual(await jobs(), []);
    t.is(await next(), at(120).toISOString());
  });

  test(`${dialect}: a schedule that became more frequent comes sooner`, async (t) => {
    const { ensure, next } = await open(t, dialect);
    await ensure({ hours: 24 }, at(0));
    await ensure({ minutes: 10 }, at(1));

    t.is(await next(), at(11).toISOString());
  });

  test(`${dialect}: schedules go with their plugin`, async (t) => {
    const { storage } = await open(t, dialect);
    const every = { hours: 1 };
    await storage.write((db) =>
      ensureSchedules(
        db,
        [refresh, clean, refresh.replace("feeds", "feeds2")].map((id) => ({ id, every })),
        at(0),
      ),
    );

    await storage.write((db) => dropJobsOf(db, { pluginId: "feeds" }));
    const left = await storage.query<{ id: string }>("SELECT id FROM schedules ORDER BY id");
    await storage.write((db) => dropJobsOf(db, { blogId }));

    t.deepEqual(
      left.map((row) => row.id),
      [clean, refresh.replace("feeds", "feeds2")],
    );
    t.is((await storage.query("SELECT id FROM schedules")).length, 1);
  });
}

test("a schedule's id names its plugin, job and blog", (t) => {
  t.deepEqual(ownerOf(refresh), { pluginId: "feeds", name: "refresh", blogId });
  t.deepEqual(ownerOf(clean), { pluginId: "cleaner", name: "clean", blogId: null });
});
