import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import { run, soundConnection, wayOf, type Connecting, type Parts } from "./connect.ts";
import type { TypedValues } from "./connection.types.ts";

/**
 * Connects a setting by what somebody typed, as checkTyped() gives it; gives the account's name. The values go to the plugin once
 * and are kept nowhere. PublicError 404 for no such setting, 422 or 502 with the plugin's sentence when it made no connection.
 */
export async function connectTyped(
  parts: Parts,
  scope: Scope,
  { pluginId, setting, blog }: Omit<Connecting, "session">,
  values: TypedValues,
): Promise<string> {
  const way = await wayOf(parts, { pluginId, setting });
  if (!("fields" in way)) throw new PublicError("connection.unknown", "There is nothing to connect here.", 404);
  const step = { scope, pluginId, blog, values: {} };
  const connection = soundConnection(await run(parts, step, "connect", (context) => way.connect(context, values)));
  await parts.host.connect(pluginId, setting, connection, { ...(blog && { blog }), accountId: scope.principal.accountId });
  return connection.account;
}
