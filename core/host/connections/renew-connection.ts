import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Connection } from "../../hooks/fields.ts";
import type { Blog, Json } from "../../hooks/values.ts";
import type { HostServices } from "../host-services.ts";
import type { Plugin } from "../manifest.ts";
import { storedValues } from "../plugin-settings.ts";
import { settingPlace } from "../save-settings.ts";
import { keepConnection, storedConnections } from "./keep-connection.ts";

/**
 * Puts new tokens in the place of a connection's old ones, where it was made: on the blog, or for the installation. Of several
 * it is the one with the same account. False when it was taken away meanwhile: what nobody wants connected is not connected again.
 */
export async function renewConnection(
  services: HostServices,
  scope: Scope,
  plugin: Plugin,
  renewed: { readonly setting: string; readonly connection: Connection<Json> },
): Promise<boolean> {
  const { setting, connection } = renewed;
  if (!plugin.connections?.[setting]) throw new Error(`Plugin “${plugin.id}” declares no connection “${setting}”`);
  const places = scope.blog ? [blogOf(scope), null] : [null];
  return services.storage.write(async (db) => {
    const blog = await whereMade(services, plugin, renewed, places);
    if (blog === undefined) return false;
    await keepConnection(services, scope.clock, { plugin, setting, connection, isRenewed: true, ...(blog && { blog }) });
    // Other processes hold the old tokens at hand.
    await scope.touch(db, "plugins");
    return true;
  });
}

async function whereMade(
  { storage }: HostServices,
  plugin: Plugin,
  { setting, connection }: { readonly setting: string; readonly connection: Connection<Json> },
  places: readonly (Blog | null)[],
): Promise<Blog | null | undefined> {
  for (const blog of places) {
    const stored = await storedValues(storage, settingPlace(plugin.id, blog));
    const isMade = storedConnections(stored[setting]).some(
      ({ account }) => !Array.isArray(stored[setting]) || account === connection.account,
    );
    if (isMade) return blog;
  }
  return undefined;
}
