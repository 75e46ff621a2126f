import { PublicError, sentenceOf } from "../../../core/errors.ts";
import type { PluginInfo } from "../../../core/host/plugin-host.ts";
import { pluginsFor } from "../../plugin-words.ts";
import type { AdminRequest } from "../../request.ts";

/** The plugins that bring posts in from elsewhere, on or off. */
export async function importersThere(request: Pick<AdminRequest, "house" | "language">): Promise<readonly PluginInfo[]> {
  return (await pluginsFor(request)).filter(({ plugin }) => plugin?.services?.importer !== undefined);
}

/** Switches them on for somebody who brings posts; gives the names of those that would not go on. */
export async function enableImporters(request: Pick<AdminRequest, "house" | "language">): Promise<string[]> {
  const failed: string[] = [];
  for (const { id, name, state } of await importersThere(request)) {
    if (state === "enabled") continue;
    try {
      await request.house.host.enable(id);
    } catch (error) {
      // The installation is made; this one can be switched on later.
      if (!(error instanceof PublicError)) throw error;
      request.house.log.warn(`“${id}” could not be switched on during setup: ${sentenceOf(error)}`, { plugin: id });
      failed.push(name);
    }
  }
  return failed;
}
