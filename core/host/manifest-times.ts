import type { Plugin } from "./manifest.ts";

type Said = { readonly where: string; readonly time: unknown; readonly most?: number };

/**
 * The first time in a manifest that is none, as a sentence; null when all are. One that cannot be read would stop everybody's
 * schedules, or be found when the first visitor comes.
 */
export function timesProblem(plugin: Plugin): string | null {
  for (const { where, time, most } of timesOf(plugin)) {
    const seconds = time === undefined ? 1 : secondsOf(time);
    if (seconds === null || seconds <= 0)
      return `${where} is ${JSON.stringify(time)}, which is no time: say { seconds: 30 }, { hours: 6 }, { days: 1 }.`;
    if (most && seconds > most) return `${where} may be ${most} seconds at most.`;
  }
  return null;
}

function timesOf({ jobs = {}, routes = [], hooks = {} }: Plugin): Said[] {
  return [
    ...Object.entries(jobs).flatMap(([name, { every, timeout }]) => [
      { where: `“every” of job “${name}”`, time: every },
      { where: `“timeout” of job “${name}”`, time: timeout },
    ]),
    ...routes.map(({ path, timeout }) => ({ where: `“timeout” of route “${path}”`, time: timeout, most: 60 })),
    ...Object.entries(hooks).map(([name, tap]) => ({
      where: `“timeout” of hook “${name}”`,
      time: typeof tap === "object" ? (tap as { timeout?: unknown }).timeout : undefined,
    })),
  ];
}

function secondsOf(time: unknown): number | null {
  try {
    return Temporal.Duration.from(time as Temporal.DurationLike).total({ unit: "seconds", relativeTo: "1970-01-01T00:00[UTC]" });
  } catch {
    return null;
  }
}
