import type { Json } from "../hooks/values.ts";
import { publishScheduled } from "../posts/remove.ts";
import type { CoreJobs } from "./run-job.ts";

/** The core's own durable work, by name. */
export function coreJobs(): CoreJobs {
  return {
    "publish-scheduled": async (scope, data) => publishScheduled(scope, textOf(data, "postId")),
  };
}

function textOf(data: Json, name: string): string {
  const value = (data as Record<string, Json>)[name];
  if (typeof value !== "string") throw Object.assign(new Error(`The job carries no ${name}`), { permanent: true });
  return value;
}
