import test from "ava";
import { once } from "node:events";
import { Redis } from "ioredis";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { ulid } from "../ids.ts";
import { databases } from "../storage/testing.ts";
import { runBullWorker } from "./bullmq.ts";
import { type Driver, greeting, openWorkplace, queueContract, witness } from "./contract.ts";
import { countJobs } from "./list-jobs.ts";

const redisUrl = process.env.ROOKERY_TEST_REDIS ?? "redis://127.0.0.1:6379";

async function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port || 6379), hostname);
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(2000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const ofThisRun = `rookery-test-${ulid()}`;

async function wipe(prefix = ofThisRun): Promise<void> {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
}

// A prefix of its own for each queue, found by the queue, so that two workers of one test share it and tests share nothing.
const prefixes = new WeakMap<object, string>();
function prefixOf(queue: object): string {
  const prefix = prefixes.get(queue) ?? `${ofThisRun}-${ulid()}`;
  prefixes.set(queue, prefix);
  return prefix;
}

const overRedis = (dialect: Driver["dialect"], url = redisUrl): Driver => ({
  name: "BullMQ",
  dialect,
  work: (options) => runBullWorker({ ...options, redisUrl: url, prefix: prefixOf(options.queue) }),
});

// With CI=true a Redis that does not answer is a failure, so the tests are declared all the same.
if (process.env.CI === "true" || (await answers(redisUrl))) {
  for (const dialect of databases) queueContract(test, overRedis(dialect));
  outages();
  test.after.always(() => wipe());
} else {
  test.skip(`BullMQ: start a Redis at ${redisUrl} to run these tests`, () => {});
}

/** A way to Redis that can be cut and mended. */
async function openWire(t: { teardown(work: () => unknown): void }) {
  const { hostname, port } = new URL(redisUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port || 6379), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    }
    near.pipe(far).pipe(near);
  });
  const listen = async (at: number) => {
    server.listen(at, "127.0.0.1");
    await once(server, "listening");
  };
  const cut = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  await listen(0);
  t.teardown(cut);
  const own = (server.address() as AddressInfo).port;
  return { url: `redis://127.0.0.1:${own}`, cut, mend: () => listen(own) };
}

function outages(): void {
  test("BullMQ: losing Redis with all it held loses no job", async (t) => {
    const wire = await openWire(t);
    const { storage, queue, enqueue, hire } = await openWorkplace(t, overRedis("sqlite", wire.url));
    const { seen, note, until } = witness();
    const door = Promise.withResolvers<void>();
    const stop = hire(
      async (job) => {
        note(job);
        await door.promise;
      },
      { concurrency: 1 },
    );
    await enqueue(...Array.from({ length: 20 }, (_, n) => greeting(`job${n}`)));
    await until(1);

    await wire.cut();
    await wipe(prefixOf(queue));
    door.resolve();
    await enqueue(greeting("meanwhile"));
    await wire.mend();
    await until(21);
    await stop();

    t.is(new Set(seen.map((job) => job.id)).size, 21);
    t.is((await countJobs(storage)).waiting, 0);
  });

  test("BullMQ: a worker stops though Redis is away, and gives its job back", async (t) => {
    const wire = await openWire(t);
    const { storage, enqueue, hire } = await openWorkplace(t, overRedis("sqlite", wire.url));
    const { note, until } = witness();
    const stop = hire(
      (job) => {
        note(job);
        return new Promise(() => {});
      },
      { graceMs: 0 },
    );
    await enqueue(greeting("endless"));
    await until(1);

    await wire.cut();
    await stop();

    t.like(await countJobs(storage), { waiting: 1, running: 0 });
  });
}
