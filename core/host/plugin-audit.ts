import type { Scope } from "../hooks/scope.ts";
import { audit } from "../people/audit.ts";
import type { Context } from "./context.types.ts";

type Line = Parameters<Context["audit"]>[0];

/** Writes what was done through a plugin into the log of the installation; its actions begin with the plugin's id. */
export async function auditOf(scope: Scope, pluginId: string, { action, subject, accountId, detail = {} }: Line): Promise<void> {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(action))
    throw new Error(`A line of the log has an action such as “pick-undone”, not “${action}”`);
  const entry = { action: `${pluginId}.${action}`, subject, accountId, blogId: scope.blog?.id ?? null, detail };
  await scope.storage.write((db) => audit(db, { ...entry, via: scope.via, address: scope.address }, scope.clock.now()));
}
