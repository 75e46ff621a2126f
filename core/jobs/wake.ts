import type { DataSource } from "typeorm";

// One set of listeners a database: an enqueue knows only its transaction, a worker only its storage, and both know this.
const listeners = new WeakMap<DataSource, Set<() => void>>();

/** Tells this process's workers on that database that there may be work now. Other processes find it by polling. */
export function wakeWorkers(source: DataSource): void {
  for (const listen of listeners.get(source) ?? []) listen();
}

/** Calls `listen` at each wake-up until the answer is called. */
export function onWake(source: DataSource, listen: () => void): () => void {
  const set = listeners.get(source) ?? new Set();
  listeners.set(source, set);
  set.add(listen);
  return () => void set.delete(listen);
}
