import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadPlugin } from "../../core/host/load-plugins.ts";
import type { Plugin } from "../../core/host/manifest.ts";
import type { PluginScreen } from "../../core/host/screens/plugin-screen.types.ts";
import { fullPath } from "../../core/host/screens/screen-table.ts";

/** A page of a bundled plugin in the dashboard: its pattern, and an example of it on the blog of the town. */
export type PluginAddress = {
  readonly pluginId: string;
  readonly pattern: string;
  readonly at: string;
  readonly isPublic: boolean;
};

const folder = fileURLToPath(new URL("../../plugins/", import.meta.url));

/** What can be opened of the screens of bundled plugins. One with names in its path needs an `example`, or is left out. */
export const pluginAddresses: readonly PluginAddress[] = (await manifests()).flatMap((plugin) =>
  (plugin.screens ?? []).flatMap((screen) => {
    const at = exampleOf(screen);
    if ((screen.method ?? "GET") !== "GET" || at === null) return [];
    return [{ pluginId: plugin.id, pattern: fullPath(screen), at, isPublic: screen.access === "public" }];
  }),
);

async function manifests(): Promise<Plugin[]> {
  const folders = readdirSync(folder).filter((id) => existsSync(`${folder}${id}/plugin.ts`));
  const loaded = await Promise.all(folders.map((id) => loadPlugin(`${folder}${id}`, true)));
  // Broken ones are the business of other tests.
  return loaded.flatMap((one) => ("plugin" in one ? [one.plugin] : []));
}

function exampleOf(screen: PluginScreen): string | null {
  const given = { blog: "kim.localhost", ...screen.example };
  const names = new Set<string>();
  const path = fullPath(screen).replace(/:(\w+)/g, (whole, name: string) => {
    names.add(name);
    return given[name as keyof typeof given] ?? whole;
  });
  if (/\/:/.test(path)) return null;
  const rest = Object.entries(screen.example ?? {}).filter(([name]) => !names.has(name));
  return rest.length === 0 ? path : `${path}?${rest.map(([name, value]) => `${name}=${value}`).join("&")}`;
}
