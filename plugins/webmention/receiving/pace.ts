import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";

// Reading goes first: a process this busy looks at few sources, all at one go, and then leaves readers alone for a second. Each reply
// that is stored has pages made anew, and those that come together cost one making.
const [busyFrom, breath, fewest, window] = [0.5, 1_000, 8, 100];

let measured = { at: performance.now(), loop: performance.eventLoopUtilization(), isBusy: false };

/** How many sources to look at in one go: `most` in an idle process, few in one that has others to serve. */
export function atOneGo(most: number): number {
  return isBusy() ? fewest : most;
}

/** Waits between one go and the next, where the process is busy with something else. Throws when the signal is aborted. */
export async function breathe(signal: AbortSignal): Promise<void> {
  if (isBusy()) await wait(breath, undefined, { signal });
}

function isBusy(): boolean {
  const now = performance.now();
  if (now - measured.at > window) {
    const { utilization } = performance.eventLoopUtilization(measured.loop);
    measured = { at: now, loop: performance.eventLoopUtilization(), isBusy: utilization > busyFrom };
  }
  return measured.isBusy;
}
