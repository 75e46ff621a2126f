import { existsSync, readdirSync, statSync } from "node:fs";
import { registerHooks } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sentenceOf } from "../errors.ts";
import { ManifestError, manifestProblem } from "./define-plugin.ts";
import type { Plugin } from "./manifest.ts";

/** A plugin's code in memory and the folder it came from. */
export type LoadedPlugin = { readonly plugin: Plugin; readonly folder: string; readonly isBundled: boolean };
/** A folder whose plugin could not be loaded, and why, as a sentence. */
export type BrokenPlugin = { readonly id: string; readonly folder: string; readonly reason: string };

const packageRoot = new URL("../../", import.meta.url);
const entries: Readonly<Record<string, string>> = { "rookery/plugin": "core/plugin.ts", "rookery/testing": "core/testing.ts" };
const loads = new Map<string, { readonly changedAt: number; readonly times: number }>();

// Plugins in the data folder live outside of this package: `rookery/plugin` leads them here. A reloaded plugin carries a
// number in its address, which its own files must carry too, or they would be the old ones.
registerHooks({
  resolve(specifier, context, next) {
    const entry = entries[specifier];
    if (entry) return { url: new URL(entry, packageRoot).href, shortCircuit: true };
    const mark = /\?load=\d+$/.exec(context.parentURL ?? "")?.[0];
    const resolved = next(bundledFile(specifier, context.parentURL) ?? specifier, context);
    return mark && specifier.startsWith(".") ? { ...resolved, url: resolved.url + mark } : resolved;
  },
});

// `../another/api.ts` of a plugin in the data folder: the file of the bundled plugin, as if both lay side by side.
function bundledFile(specifier: string, parent: string | undefined): string | null {
  if (!/^\.\.\/[a-z][a-z0-9-]+\/[\w./-]+\.ts$/.test(specifier) || specifier.includes("..", 2) || !parent?.startsWith("file:"))
    return null;
  const bundled = new URL(`plugins/${specifier.slice(3)}`, packageRoot);
  return existsSync(new URL(specifier, parent)) || !existsSync(bundled) ? null : bundled.href;
}

/** The folders that hold a plugin, bundled ones first; a folder of the same name in the data folder does not replace a bundled one. */
export function pluginFolders(bundled: string, installed: string): { id: string; folder: string; isBundled: boolean }[] {
  const found = new Map<string, { id: string; folder: string; isBundled: boolean }>();
  for (const [root, isBundled] of [
    [bundled, true],
    [installed, false],
  ] as const) {
    if (!existsSync(root)) continue;
    for (const id of readdirSync(root).toSorted()) {
      const folder = join(root, id);
      if (!found.has(id) && existsSync(join(folder, "plugin.ts"))) found.set(id, { id, folder, isBundled });
    }
  }
  return [...found.values()];
}

/** When anything in a plugin's folder last changed, in milliseconds. */
export function changedAt(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

/** Loads a plugin's manifest; anything wrong with it (a syntax error, a wrong id) is a reason, never an exception. */
export async function loadPlugin(folder: string, isBundled: boolean): Promise<LoadedPlugin | BrokenPlugin> {
  const id = basename(folder);
  try {
    const module = (await import(addressOf(folder))) as { default?: Plugin };
    const plugin = module.default;
    if (!plugin || typeof plugin !== "object")
      return { id, folder, reason: "plugin.ts has no default export made by definePlugin." };
    const problem = manifestProblem(plugin) ?? (plugin.id === id ? null : `its id is “${plugin.id}”, but its folder is “${id}”.`);
    return problem ? { id, folder, reason: problem } : { plugin, folder, isBundled };
  } catch (error) {
    return { id, folder, reason: error instanceof ManifestError ? error.problem : placeOf(error, folder) };
  }
}

/** Plugins in an order in which each comes after those it requires; reasons for those whose requirements are not met. */
export function inOrder(plugins: readonly LoadedPlugin[]): { ordered: LoadedPlugin[]; unmet: Map<string, string> } {
  const byId = new Map(plugins.map((loaded) => [loaded.plugin.id, loaded]));
  const ordered: LoadedPlugin[] = [];
  const unmet = new Map<string, string>();
  const visit = (loaded: LoadedPlugin, path: readonly string[]): boolean => {
    const { id, requires } = loaded.plugin;
    if (ordered.includes(loaded)) return true;
    if (unmet.has(id)) return false;
    if (path.includes(id)) return refuse(id, `it requires itself through ${[...path.slice(path.indexOf(id)), id].join(" → ")}.`);
    for (const [needed, range] of Object.entries(requires?.plugins ?? {})) {
      const other = byId.get(needed);
      if (!other) return refuse(id, `it requires the plugin “${needed}”; enable that first.`);
      if (!satisfies(other.plugin.version, range))
        return refuse(id, `it requires “${needed}” ${range}, but ${other.plugin.version} is installed.`);
      if (!visit(other, [...path, id])) return refuse(id, `it requires the plugin “${needed}”, which cannot run.`);
    }
    ordered.push(loaded);
    return true;
  };
  const refuse = (id: string, why: string): false => (unmet.set(id, unmet.get(id) ?? why), false);
  for (const loaded of plugins.toSorted((a, b) => a.plugin.id.localeCompare(b.plugin.id))) visit(loaded, []);
  return { ordered, unmet };
}

/** Whether a version fits a range: `1.2.3`, `^1.2`, `~1.2.3`, `>=1.2` or `*`. */
export function satisfies(version: string, range: string): boolean {
  const match = /^(\^|~|>=)?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(range.trim());
  if (!match) return range.trim() === "*";
  const wanted = [Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)];
  const own = version.split(".").map(Number);
  const order = own.map((part, at) => part - wanted[at]!).find((difference) => difference !== 0) ?? 0;
  if (match[1] === ">=") return order >= 0;
  if (match[1] === "^") return order >= 0 && own[0] === wanted[0] && (wanted[0] !== 0 || own[1] === wanted[1]);
  if (match[1] === "~") return order >= 0 && own[0] === wanted[0] && own[1] === wanted[1];
  return order === 0;
}

// A module is loaded once for all time by its address, so a folder that changed gets a new one.
function addressOf(folder: string): string {
  const url = pathToFileURL(join(folder, "plugin.ts")).href;
  const last = loads.get(url);
  const now = changedAt(folder);
  if (last?.changedAt === now) return last.times === 0 ? url : `${url}?load=${last.times}`;
  const times = last ? last.times + 1 : 0;
  loads.set(url, { changedAt: now, times });
  return times === 0 ? url : `${url}?load=${times}`;
}

// The first line of a parser's stack names file and line; the folder stands for the path, which is nobody's business.
function placeOf(error: unknown, folder: string): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const place = new RegExp(`${RegExp.escape(folder)}/([^\\s:?]+)(?:\\?load=\\d+)?(?::(\\d+))?`).exec(stack);
  const where = place ? ` (${place[1]}${place[2] ? `, line ${place[2]}` : ""})` : "";
  return `its code cannot be read${where}: ${sentenceOf(error).split("\n")[0]}`;
}

/** Absolute path of the folder of bundled plugins. */
export const bundledPlugins = fileURLToPath(new URL("plugins/", packageRoot));
