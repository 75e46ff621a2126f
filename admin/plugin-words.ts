import type { NamedImporter } from "../core/host/imports/importers.ts";
import type { SayWord } from "../core/hooks/worded-fields.ts";
import type { PluginInfo } from "../core/host/plugin-host.ts";
import { wordedPlugin, wordsOf } from "../core/host/plugin-words.ts";
import type { AdminRequest } from "./request.ts";

type Reader = Pick<AdminRequest, "house" | "language">;

/** All plugins there are, as they speak of themselves in the reader's language. */
export async function pluginsFor({ house, language }: Reader): Promise<readonly PluginInfo[]> {
  // Folders change under a running installation: what they say is read anew, as their plugins are.
  house.catalogues.forget();
  return (await house.host.list()).map((info) => wordedPlugin(house.catalogues, info, language));
}

/** What a plugin is called in the reader's language. */
export function nameFor({ house, language }: Reader, info: PluginInfo): string {
  return wordedPlugin(house.catalogues, info, language).name;
}

/**
 * What an importer says of itself in the reader's language: `importer.label`, `importer.help` and, for what it counts,
 * `importer.counts.<name>` of its plugin's locales.
 */
export function importerFor(reader: Reader, { kind, importer }: NamedImporter) {
  const say = importWords(reader, kind);
  return {
    kind,
    label: say("importer.label", importer.label),
    help: say("importer.help", importer.help),
    accepts: importer.accepts.join(", "),
  };
}

/** What says the words of the plugin that an import was read by while that is on; else they stay as they are. */
export function importWords({ house, language }: Reader, kind: string): SayWord {
  return wordsOf(house.catalogues, house.host.current.plugins.get(kind)?.folder ?? null, language);
}
