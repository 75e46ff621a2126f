import { wordedFields, type SayWord } from "../hooks/worded-fields.ts";
import type { Catalogues } from "./catalogues.ts";
import type { Plugin } from "./manifest.ts";
import { wordedPanel } from "./panels/panels.ts";
import type { PluginInfo } from "./plugin-info.ts";

/** A plugin as it speaks of itself in a language, by the keys of its `locales/`; what they lack is said as the manifest says it. */
export function wordedPlugin(catalogues: Catalogues, info: PluginInfo, language: string): PluginInfo {
  if (!info.plugin) return info;
  const plugin = wordedManifest(info.plugin, wordsOf(catalogues, info.folder, language));
  return { ...info, name: plugin.name, plugin };
}

/** A manifest with other words: `plugin.name`, `plugin.description`, `pages.<path>`, `screens.<path>`, those of wordedFields() and, for what is typed to connect, `connections.<setting>.<field>.label`. */
export function wordedManifest(plugin: Plugin, say: SayWord): Plugin {
  return {
    ...plugin,
    name: say("plugin.name", plugin.name),
    description: say("plugin.description", plugin.description),
    ...(plugin.settings && { settings: wordedFields(plugin.settings, say) }),
    ...(plugin.networkSettings && { networkSettings: wordedFields(plugin.networkSettings, say) }),
    ...(plugin.connections && { connections: wordedConnections(plugin.connections, say) }),
    ...(plugin.screens && {
      screens: plugin.screens.map((screen) => ({ ...screen, title: say(`screens.${screen.path}`, screen.title) })),
    }),
    ...(plugin.pages && { pages: plugin.pages.map((page) => ({ ...page, title: say(`pages.${page.path}`, page.title) })) }),
    ...(plugin.panels && { panels: plugin.panels.map((panel) => wordedPanel(panel, say)) }),
  };
}

function wordedConnections(ways: NonNullable<Plugin["connections"]>, say: SayWord): NonNullable<Plugin["connections"]> {
  const worded = Object.entries(ways).map(([setting, way]) => {
    const isTyped = "fields" in way;
    return [setting, isTyped ? { ...way, fields: wordedFields(way.fields, say, `connections.${setting}`) } : way] as const;
  });
  return Object.fromEntries(worded);
}

/** What says the words of a plugin's folder in a language: the reader's, else its base language's, else English. */
export function wordsOf(catalogues: Catalogues, folder: string | null, language: string): SayWord {
  return (key, written) => (folder === null ? null : catalogues.find(folder, language, key)) ?? written;
}
