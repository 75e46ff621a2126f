import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PublicError } from "../../errors.ts";
import { bundledPlugins } from "../../host/load-plugins.ts";
import { writeScaffold } from "../scaffold.ts";
import { importerFiles } from "./importer-files.ts";
import { kindsOfPlugins } from "./kinds-of-plugins.ts";
import { plainFiles } from "./plain-files.ts";
import { postTypeFiles } from "./post-type-files.ts";

/** What a new plugin is called; `name` is the id in words. */
export type NewPlugin = { readonly id: string; readonly name: string };

/** The files of a new plugin by their paths. */
export type FilesOf = (plugin: NewPlugin) => Record<string, string>;

const kinds: Readonly<Record<string, FilesOf>> = {
  plain: plainFiles,
  importer: importerFiles,
  "post-type": postTypeFiles,
  // What is built on another plugin is that plugin's to begin: without it there is no such kind.
  ...kindsOfPlugins(bundledPlugins),
};

/** The kinds of plugins that can be begun with. */
export const pluginKinds: readonly string[] = Object.keys(kinds);

/** Writes a plugin that works and passes its tests into `root/id` and gives the folder; PublicError for a wrong or taken id. */
export function newPlugin(root: string, id: string, kind: string): string {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(id))
    throw new PublicError("plugin.id", "A plugin's id is 2 to 40 small letters, digits and hyphens, a letter first.");
  const folder = join(root, id);
  if (existsSync(folder))
    throw new PublicError("plugin.there", `${folder} is there already: choose another id, or another --into.`);
  const words = id.replaceAll("-", " ").trim();
  writeScaffold(folder, kinds[kind]!({ id, name: words[0]!.toUpperCase() + words.slice(1) }));
  return folder;
}

/** Where new plugins go: the `plugins/` of the checkout one stands in, else null. */
export function checkoutPlugins(cwd: string): string | null {
  const file = join(cwd, "package.json");
  const isCheckout =
    existsSync(file) && existsSync(join(cwd, "core/plugin.ts")) && /"name":\s*"rookery"/.test(readFileSync(file, "utf8"));
  return isCheckout ? join(cwd, "plugins") : null;
}
