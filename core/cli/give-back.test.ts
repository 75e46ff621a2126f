import test from "ava";
import { giveBackMemory, isWorthIt } from "./give-back.ts";

test("memory is given back when it is quiet and much was taken since the last time", (t) => {
  t.true(isWorthIt({ busy: 0.01, memory: 260_000_000, settled: 110_000_000 }));
});

test("nobody waits for a collection while pages are made", (t) => {
  t.false(isWorthIt({ busy: 0.6, memory: 260_000_000, settled: 110_000_000 }));
});

test("a server that has taken little is left alone", (t) => {
  t.false(isWorthIt({ busy: 0.01, memory: 120_000_000, settled: 110_000_000 }));
});

test("this Node knows the flags that keep the heap small", (t) => {
  const warned: string[] = [];
  const onWarning = (warning: Error) => void warned.push(warning.message);
  process.on("warning", onWarning);
  const end = giveBackMemory();
  end();
  process.off("warning", onWarning);
  t.deepEqual(warned, []);
});
