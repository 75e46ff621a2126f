import test from "ava";
import { Breakers } from "./breaker.ts";
import { Guard, runningPlugin } from "./guarded.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };
const guardOf = () => new Guard(new Breakers({ now: () => new Date() }, () => undefined));
const call = { pluginId: "p", part: "hook", limit: 1000, log };

test("a value comes through, at once or later", async (t) => {
  const guard = guardOf();

  t.deepEqual(await guard.call({ ...call, work: () => 1 }), { ok: true, value: 1 });
  t.deepEqual(await guard.call({ ...call, work: async () => 2 }), { ok: true, value: 2 });
  t.like(guard.records.get("p"), { calls: 2, failures: 0 });
});

test("a throw costs the value, is counted and named", async (t) => {
  const guard = guardOf();

  const result = await guard.call({ ...call, work: () => Promise.reject(new Error("no birds")) });

  t.false(result.ok);
  t.like(guard.records.get("p"), { failures: 1, lastError: "no birds", lastPart: "hook" });
});

test("a hanging call ends at its limit, and its signal says so", async (t) => {
  const guard = guardOf();
  let signal: AbortSignal | undefined;

  const result = await guard.call({ ...call, limit: 5, work: (given) => ((signal = given), new Promise(() => undefined)) });

  t.false(result.ok);
  t.true(signal!.aborted);
  t.is(guard.records.get("p")!.lastError, "took longer than 5 ms");
});

test("time in which the machine keeps the process from running is not the call's", async (t) => {
  const guard = guardOf();
  const standStill = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);

  const result = await guard.call({
    ...call,
    limit: 50,
    work: () => new Promise<string>((resolve) => setImmediate(() => (standStill(), setTimeout(resolve, 0, "done")))),
  });

  t.deepEqual(result, { ok: true, value: "done" });
});

test("the time a visitor takes to send is not the plugin's", async (t) => {
  const guard = guardOf();
  let [looks, finish] = [0, (_value: string) => {}];
  // Far beyond the limit of 5 ms, were the waiting counted.
  const waited = () => (++looks === 3 ? (finish("sent"), 1e9) : 1e9);

  const result = await guard.call({
    ...call,
    limit: 5,
    waited,
    work: () => new Promise<string>((resolve) => (finish = resolve)),
  });

  t.deepEqual(result, { ok: true, value: "sent" });
  t.is(guard.records.get("p")!.failures, 0);
});

test("a call that fails after its time is over disturbs nobody", async (t) => {
  const guard = guardOf();
  let fail = () => {};

  await guard.call({
    ...call,
    limit: 5,
    work: () => new Promise((_resolve, reject) => (fail = () => reject(new Error("late")))),
  });
  fail();
  await new Promise((resolve) => setImmediate(resolve));

  t.is(guard.records.get("p")!.failures, 1);
});

test("the running plugin is known while its code runs, also after a wait", async (t) => {
  const guard = guardOf();

  const result = await guard.call({ ...call, work: () => Promise.resolve().then(() => runningPlugin()) });

  t.like(result, { ok: true });
  t.like((result as { value: object }).value, { pluginId: "p", part: "hook" });
  t.is(runningPlugin(), undefined);
});
