import type { HookName, ValueOf } from "../hooks/catalogue.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Transaction } from "../storage/storage.ts";
import { enqueueMany } from "./enqueue.ts";
import type { JobData } from "./job.ts";

/** The name of the job that tells one plugin one durable event. */
export const eventJob = (name: string): string => `event:${name}`;

/** Writes, in the transaction of the fact, a job for every plugin with a durable tap on its event. */
export async function announceEvent<N extends HookName>(
  scope: Scope,
  db: Transaction,
  name: N,
  value: ValueOf<N>,
): Promise<void> {
  const plugins = scope.taps.durable(scope, name);
  if (plugins.length === 0) return;
  const job = {
    name: eventJob(name),
    blogId: scope.blog?.id ?? null,
    data: value as unknown as JobData,
    runAt: scope.clock.now(),
  };
  await enqueueMany(
    db,
    plugins.map((pluginId) => ({ pluginId, ...job })),
  );
}
