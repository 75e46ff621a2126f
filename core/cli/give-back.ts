import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const lookEveryMs = 1500;

/** What a process looks like: how busy since the last look (0 to 1), its memory now and after the last collection, in bytes. */
export type Condition = { readonly busy: number; readonly memory: number; readonly settled: number };

/** True when nobody waits and there is something to give back. */
export function isWorthIt({ busy, memory, settled }: Condition): boolean {
  return busy < 0.1 && memory > settled + 30_000_000;
}

/**
 * Keeps the memory of a server small. V8 sizes its heap by the machine's memory: with 24 GB it lets 200 MB of garbage lie and
 * keeps freed pages for later. Here the heap may grow by 30 % between two collections, and after a busy spell what was freed
 * goes back to the system (it takes about 20 ms). Gives a function that ends it. See docs/decisions/0017-memory-is-given-back.md.
 */
export function giveBackMemory(): () => void {
  setFlagsFromString("--heap-growing-percent=30");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (how: { type: "major"; flavor: "last-resort" }) => void;
  let last = performance.eventLoopUtilization();
  let settled = 0;
  const look = () => {
    const now = performance.eventLoopUtilization();
    const { utilization: busy } = performance.eventLoopUtilization(now, last);
    last = now;
    if (!isWorthIt({ busy, memory: process.memoryUsage.rss(), settled })) return;
    collect({ type: "major", flavor: "last-resort" });
    settled = process.memoryUsage.rss();
  };
  const timer = setInterval(look, lookEveryMs).unref();
  return () => clearInterval(timer);
}
