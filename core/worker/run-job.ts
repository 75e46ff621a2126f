import { PublicError, sentenceOf } from "../errors.ts";
import type { HookName } from "../hooks/catalogue.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Blog, Json } from "../hooks/values.ts";
import type { Generation } from "../host/generation.ts";
import type { LeasedJob } from "../jobs/job.ts";

/** Work of the core itself, by the job's name. */
export type CoreJobs = Readonly<Record<string, (scope: Scope, data: Json, signal: AbortSignal) => Promise<void>>>;

/** What running a job needs from the house. */
export type RunJobParts = {
  readonly coreJobs: CoreJobs;
  current(): Generation;
  blog(id: string): Promise<Blog | null>;
  scope(blog: Blog | null, requestId: string): Scope;
};

/** A job whose plugin is switched off: it waits until the plugin is back, and counts no try. */
class Parked extends Error {
  readonly park = true;
}

/** Runs one leased job in a scope of its own; throws what it threw, so that the queue decides about the next try. */
export async function runJob(parts: RunJobParts, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const blog = job.blogId === null ? null : await parts.blog(job.blogId);
  if (job.blogId !== null && !blog) return; // the blog is gone, and its work with it
  const scope = parts.scope(blog, job.id);
  if (job.pluginId === "core") {
    const work = parts.coreJobs[job.name];
    if (!work) throw new PublicError("job.unknown", `There is no work of the name “${job.name}” in this version.`);
    return work(scope, job.data as Json, signal);
  }
  const generation = parts.current();
  if (!generation.isActive(job.pluginId, blog)) throw new Parked(`Plugin “${job.pluginId}” is switched off`);
  if (job.name.startsWith("event:")) return generation.deliver(scope, job.pluginId, job.name.slice(6) as HookName, job.data);
  return runPluginJob(scope, generation, job);
}

async function runPluginJob(scope: Scope, generation: Generation, job: LeasedJob): Promise<void> {
  const { plugin } = generation.plugins.get(job.pluginId)!;
  const work = plugin.jobs?.[job.name];
  if (!work) throw Object.assign(new Error(`Plugin “${plugin.id}” has no job “${job.name}” any more`), { permanent: true });
  const limit = work.timeout ? Temporal.Duration.from(work.timeout).total("milliseconds") : 60_000;
  const result = await generation.run(scope, plugin, {
    name: `job ${job.name}`,
    limit,
    work: (context) => work.run(job.data as Json, Object.assign(context, { jobId: job.id }) as never),
  });
  if (!result.ok) throw result.error instanceof Error ? result.error : new Error(sentenceOf(result.error));
}
