import test from "ava";
import { FetchBreaker } from "./fetch-breaker.ts";
import { FetchQueue } from "./fetch-queue.ts";
import { FetchRefused } from "./fetch-refused.ts";

/** Starts tasks that end when told to, and remembers which are running. */
function tasks(queue: FetchQueue) {
  const running: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string, signal?: AbortSignal) =>
    queue.run(
      name.split("/")[0] ?? "",
      () => {
        running.push(name);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      },
      signal,
    );
  return { running, start, end: (name: string) => ends.get(name)?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("F9: two requests run at once on a host, and a stalled host holds up nobody else", async (t) => {
  const { running, start, end } = tasks(new FetchQueue());
  const all = ["ana/1", "ana/2", "ana/3", "kim/1"].map((name) => start(name));
  await turn();
  t.deepEqual(running, ["ana/1", "ana/2", "kim/1"]);

  end("ana/1");
  await turn();
  t.deepEqual(running, ["ana/1", "ana/2", "kim/1", "ana/3"]);

  for (const name of running) end(name);
  await Promise.all(all);
});

test("F9: the total is bounded, and too many waiting are refused", async (t) => {
  const { running, start, end } = tasks(new FetchQueue({ total: 1, waiting: 1 }));
  const first = start("ana/1");
  const second = start("kim/1");
  t.is((await t.throwsAsync(start("lee/1"), { instanceOf: FetchRefused })).reason, "busy");

  await turn();
  t.deepEqual(running, ["ana/1"]);
  end("ana/1");
  await first;
  await turn();
  end("kim/1");
  await second;
  t.deepEqual(running, ["ana/1", "kim/1"]);
});

test("a place in the queue is given back when the wait is called off", async (t) => {
  const { start, end } = tasks(new FetchQueue({ total: 1 }));
  const first = start("ana/1");
  const controller = new AbortController();
  const second = start("kim/1", controller.signal);
  controller.abort();

  t.is((await t.throwsAsync(second, { instanceOf: FetchRefused })).reason, "aborted");
  await turn();
  end("ana/1");
  await first;
  const third = start("lee/1");
  await turn();
  end("lee/1");
  await t.notThrowsAsync(third);
});

test("a host that fails five times is left alone for a minute, then longer, and forgiven after a success", (t) => {
  let now = 0;
  const breaker = new FetchBreaker(() => now);
  for (let failure = 0; failure < 4; failure++) breaker.failed("ana");
  t.notThrows(() => breaker.assertClosed("ana"));

  breaker.failed("ana");
  t.is(t.throws(() => breaker.assertClosed("ana"), { instanceOf: FetchRefused }).reason, "busy");
  t.notThrows(() => breaker.assertClosed("kim"));

  now = 60_000;
  t.notThrows(() => breaker.assertClosed("ana"));
  breaker.failed("ana");
  now = 120_001;
  t.throws(() => breaker.assertClosed("ana"));

  breaker.succeeded("ana");
  t.notThrows(() => breaker.assertClosed("ana"));
});
