import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import { takeAttempt } from "../people/attempts.ts";

/** How often something may be done: so many times at once, filled again evenly over the seconds (a day at most). */
export type Often = { readonly times: number; readonly seconds: number };

/**
 * Counts one use of a key by a plugin on the scope's blog, for every process of the installation and over restarts. PublicError
 * 429 with `wait` seconds when it was used too often.
 */
export async function takeFromLimit(scope: Scope, pluginId: string, key: string, { times, seconds }: Often): Promise<void> {
  const bucket = `plugin ${pluginId} ${scope.blog?.id ?? "-"} ${key}`;
  const allowance = { size: Math.max(1, times), seconds: Math.min(Math.max(1, seconds), 86_400) };
  const wait = await scope.storage.write((db) => takeAttempt(db, { [bucket]: allowance }, scope.clock.now()));
  if (wait > 0) throw new PublicError("request.too-many", `Too many requests; try again in ${wait} seconds.`, 429, { wait });
}
