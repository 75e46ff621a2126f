import { runImport } from "../host/imports/run-import.ts";
import { importJob } from "../host/imports/start-import.ts";
import type { Json } from "../hooks/values.ts";
import { publishScheduled } from "../posts/remove.ts";
import { keepHouse } from "./housekeeping.ts";
import type { CoreJobs } from "./run-job.ts";

/** The core's own work that comes round by itself. */
export const coreSchedules: Readonly<Record<string, Temporal.DurationLike>> = { housekeeping: { hours: 6 } };

/** The core's own durable work, by name. */
export function coreJobs(): CoreJobs {
  return {
    housekeeping: (scope) => keepHouse(scope),
    [importJob]: async (scope, data, signal) => void (await runImport(scope, textOf(data, "importId"), { signal })),
    "publish-scheduled": async (scope, data) => publishScheduled(scope, textOf(data, "postId")),
  };
}

function textOf(data: Json, name: string): string {
  const value = (data as Record<string, Json>)[name];
  if (typeof value !== "string") throw Object.assign(new Error(`The job carries no ${name}`), { permanent: true });
  return value;
}
