import type { HookName } from "../hooks/catalogue.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog } from "../hooks/values.ts";
import { eventJob } from "../jobs/announce.ts";
import { changeWaiting, dropWaiting, enqueueMany } from "../jobs/enqueue.ts";
import type { JobData, NewJob } from "../jobs/job.ts";
import type { Transaction } from "../storage/storage.ts";
import type { Fact } from "./facts.ts";

const beginnings: readonly HookName[] = ["post.published", "post.restored"];

/** How long after publishing nothing leaves the house, so that Undo takes back all of it. A blog's setting, 30 seconds unless told. */
export function undoSeconds(blog: Pick<Blog, "settings">): number {
  const { undoSeconds: wanted } = blog.settings;
  return typeof wanted === "number" && Number.isFinite(wanted) ? Math.min(Math.max(Math.round(wanted), 0), 600) : 30;
}

/** When the time for Undo of something published now is over. */
export function undoEnd(scope: Scope): Date {
  return new Date(scope.clock.now().getTime() + undoSeconds(blogOf(scope)) * 1000);
}

/**
 * Writes the jobs that tell plugins with durable taps. Those that wait for Undo hear of a new post later; what happens to it
 * meanwhile changes or removes what they will hear, so that nobody is told to take back what they never got.
 */
export async function announceFact(scope: Scope, db: Transaction, fact: Fact): Promise<void> {
  const untold = await settleUntold(scope, db, fact);
  const plugins = scope.taps.durable(scope, fact.name).filter((pluginId) => !untold.has(pluginId));
  if (plugins.length === 0) return;
  const patient = new Set(scope.taps.afterUndo(scope, fact.name));
  const job = { name: eventJob(fact.name), blogId: blogOf(scope).id, data: fact.value as unknown as JobData };
  const jobs = plugins.map((pluginId): NewJob =>
    patient.has(pluginId)
      ? { pluginId, ...job, runAt: undoEnd(scope), key: fact.value.post.id }
      : { pluginId, ...job, runAt: scope.clock.now() },
  );
  await enqueueMany(db, jobs);
}

// The plugins that have not heard of the post yet, whose waiting job now says the right thing or is gone.
async function settleUntold(scope: Scope, db: Transaction, fact: Fact): Promise<ReadonlySet<string>> {
  const untold = new Set<string>();
  if (fact.name !== "post.updated" && fact.name !== "post.removed") return untold;
  const { post } = fact.value;
  for (const name of beginnings)
    for (const pluginId of scope.taps.afterUndo(scope, name)) {
      const job = { pluginId, name: eventJob(name), blogId: blogOf(scope).id, key: post.id };
      const found =
        fact.name === "post.removed" ? await dropWaiting(db, job) : await changeWaiting(db, job, { post } as unknown as JobData);
      if (found > 0) untold.add(pluginId);
    }
  return untold;
}
