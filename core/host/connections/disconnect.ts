import type { Connection } from "../../hooks/fields.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Json } from "../../hooks/values.ts";
import { storedValues } from "../plugin-settings.ts";
import { settingPlace } from "../save-settings.ts";
import { run, wayOf, type Connecting, type Parts } from "./connect.ts";
import { openConnection, storedConnections } from "./keep-connection.ts";

/** What is disconnected: the setting's connection, or of several the one of `account`. */
export type Disconnecting = Omit<Connecting, "session"> & { readonly account?: string };

/**
 * Takes a connection away, its tokens with it, then lets the plugin tell the service. False when the service could not be told:
 * the person may want to take the access away there. PublicError 404 for no such setting.
 */
export async function disconnect(parts: Parts, scope: Scope, wanted: Disconnecting): Promise<boolean> {
  const { host } = parts;
  const { pluginId, setting, blog, account } = wanted;
  const way = await wayOf(parts, wanted);
  const stored = (await storedValues(scope.storage, settingPlace(pluginId, blog)))[setting];
  const isMany = Array.isArray(stored);
  const named = storedConnections(stored).filter((one) => !isMany || account === undefined || one.account === account);
  const gone = way.revoke
    ? await Promise.all(named.map((one) => openConnection(host.contexts.secrets, one as unknown as Json)))
    : [];
  const by = { ...(blog && { blog }), ...(account !== undefined && { account }), accountId: scope.principal.accountId };
  await host.connect(pluginId, setting, null, by);
  let isTold = true;
  for (const connection of gone as unknown as readonly (Connection<Json> | undefined)[]) {
    if (!connection) continue;
    try {
      await run(parts, { scope, pluginId, blog, values: {} }, "revoke", (context) => way.revoke!(context, connection));
    } catch (error) {
      scope.log.warn(`“${pluginId}” could not tell the service that ${connection.account} was disconnected`, {
        error: String(error),
      });
      isTold = false;
    }
  }
  return isTold;
}
