import type { Storage } from "../../storage/storage.ts";
import type { Plugin } from "../manifest.ts";

/** Names of settings that anybody gave a value, by plugin, wherever it is. */
export async function settingsGiven(storage: Storage): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await storage.query<{ plugin_id: string; name: string }>("SELECT DISTINCT plugin_id, name FROM plugin_settings");
  const given = new Map<string, Set<string>>();
  for (const { plugin_id: id, name } of rows) given.set(id, (given.get(id) ?? new Set()).add(name));
  return given;
}

/** Labels of the settings a plugin cannot work without and that nobody has filled in; empty when it is ready. */
export function missingSettings(plugin: Plugin, given: ReadonlySet<string> = new Set()): readonly string[] {
  return Object.entries({ ...plugin.settings, ...plugin.networkSettings })
    .filter(([name, field]) => field.required && field.default === undefined && !field.when && !given.has(name))
    .map(([, field]) => field.label);
}
