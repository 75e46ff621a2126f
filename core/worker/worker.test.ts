import test from "ava";
import { definePlugin } from "../plugin.ts";
import { createTestHost } from "../testing/test-host.ts";

const counter = (id: string, extra: object = {}) =>
  definePlugin({
    id,
    name: id,
    description: "Counts what it hears.",
    version: "1.0.0",
    api: 1,
    capabilities: ["posts:read"],
    collections: { heard: {} },
    hooks: { "post.published": { durable: true, run: async ({ post }, context) => context.collection("heard").put(post.id, 1) } },
    ...extra,
  }) as never;

const heard = async (host: Awaited<ReturnType<typeof createTestHost>>) =>
  (await host.house.storage.query("SELECT id FROM plugin_documents")).length;

test("a durable event waits for its worker and is told once", async (t) => {
  const host = await createTestHost(t, { plugins: [counter("counter")] });
  await host.publish({ text: "Hello" });
  t.is(await heard(host), 0);

  await host.runJobs();
  await host.runJobs();

  t.is(await heard(host), 1);
  t.deepEqual(await host.house.storage.query("SELECT id FROM jobs"), []);
});

test("events of a plugin that is switched off meanwhile wait until it is back", async (t) => {
  const host = await createTestHost(t, { plugins: [counter("counter")] });
  await host.publish({ text: "Hello" });

  await host.house.host.disable("counter");
  await host.runJobs();
  t.is(await heard(host), 0);
  await host.house.host.enable("counter");
  await host.runJobs();

  t.is(await heard(host), 1);
});

test("a failing durable event is tried again, and in the end is dead with its reason, not lost", async (t) => {
  const failing = counter("counter", {
    hooks: { "post.published": { durable: true, run: () => Promise.reject(new Error("no network")) } },
  });
  const host = await createTestHost(t, { plugins: [failing] });
  await host.publish({ text: "Hello" });

  for (let day = 0; day < 7; day++) {
    await host.runJobs();
    host.clock.advance({ days: 1 });
  }

  t.like((await host.house.storage.query("SELECT state, last_error FROM jobs WHERE plugin_id = 'counter'"))[0], {
    state: "dead",
    last_error: "no network",
  });
});

test("a schedule comes round on every blog where the plugin is active, once however long nobody worked", async (t) => {
  const jobs = {
    tick: {
      every: { hours: 1 },
      run: async (
        _data: unknown,
        context: { clock: { now(): Date }; collection(name: string): { put(id: string, value: number): Promise<void> } },
      ) => context.collection("heard").put(context.clock.now().toISOString(), 1),
    },
  };
  const host = await createTestHost(t, {
    plugins: [counter("counter", { hooks: {}, jobs })],
    blogs: [{ host: "kim.example" }, { host: "lee.example" }],
  });

  await host.runJobs();
  t.is(await heard(host), 0);
  host.clock.advance({ hours: 5 });
  await host.runJobs();
  t.is(await heard(host), 2);
  await host.runJobs();

  t.is(await heard(host), 2);
});

test("a scheduled post is published by the worker when it is due, and its event told", async (t) => {
  const host = await createTestHost(t, { plugins: [counter("counter")] });
  const post = await host.publish({ text: "Later", publishedAt: "2026-05-01T13:00:00.000Z" });
  await host.runJobs();
  t.is((await host.get(post.path)).status, 404);

  host.clock.advance({ hours: 2 });
  await host.runJobs();

  t.is((await host.get(post.path)).status, 200);
  t.is(await heard(host), 1);
});

test("posts thirty days in the trash are gone for good", async (t) => {
  const host = await createTestHost(t);
  const post = await host.publish({ text: "Hello" });
  await host.remove(post);
  await host.runJobs();

  host.clock.advance({ days: 29 });
  await host.runJobs();
  t.is((await host.house.storage.query("SELECT id FROM posts")).length, 1);
  host.clock.advance({ days: 2 });
  await host.runJobs();

  t.deepEqual(await host.house.storage.query("SELECT id FROM posts"), []);
  t.deepEqual(await host.house.storage.query("SELECT id FROM revisions"), []);
});
