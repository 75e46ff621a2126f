import type { Plugin } from "../manifest.ts";
import { paramsOf } from "../route-table.ts";
import type { PluginScreen } from "./plugin-screen.types.ts";
import { methodOf, shapeOf } from "./screen-problem.ts";

/** A screen that fits a request, and the words its path holds (`blog` among them, on blogs). */
export type ScreenMatch = {
  readonly plugin: Plugin;
  readonly screen: PluginScreen;
  readonly params: Readonly<Record<string, string>>;
};

/** An address that the dashboard has taken for itself. */
export type TakenAddress = { readonly method: string; readonly path: string };

/** Two want one address; names the plugin that has to stand back. */
export class AddressTaken extends Error {
  readonly pluginId: string;
  constructor(pluginId: string, sentence: string) {
    super(sentence);
    this.pluginId = pluginId;
  }
}

type Entry = { readonly plugin: Plugin; readonly screen: PluginScreen; readonly segments: readonly string[] };

/** The screens of all plugins of a generation. Addresses without names come before those with. */
export class ScreenTable {
  readonly #entries: readonly Entry[];
  /** The screen that stands on the start page, below the composer. */
  readonly home: ScreenMatch | null;

  /** Throws AddressTaken when two plugins, or a plugin and the dashboard, claim one address; the sentence names both. */
  constructor(plugins: readonly Plugin[], taken: readonly TakenAddress[] = []) {
    const entries = plugins.flatMap((plugin) => (plugin.screens ?? []).map((screen) => entryOf(plugin, screen)));
    const claims = new Map<string, string>();
    for (const plugin of plugins)
      for (const route of plugin.routes ?? [])
        if ([route.on].flat().includes("hub")) claims.set(`${route.method} ${shapeOf(route.path)}`, plugin.id);
    for (const { plugin, screen } of entries) {
      const [method, path] = [methodOf(screen), fullPath(screen)];
      const own = taken.find((one) => one.method === method && covers(one.path, path));
      if (own) throw new AddressTaken(plugin.id, `Plugin “${plugin.id}” claims ${method} ${path}, which is the dashboard's own.`);
      const other = claims.get(`${method} ${shapeOf(path)}`);
      if (other !== undefined)
        throw new AddressTaken(
          plugin.id,
          `Plugins “${other}” and “${plugin.id}” both claim ${method} ${path}; switch one of them off.`,
        );
      claims.set(`${method} ${shapeOf(path)}`, plugin.id);
    }
    const atHome = entries.filter(({ screen }) => screen.home);
    if (atHome.length > 1) {
      const [first, second] = [atHome[0]!.plugin.id, atHome[1]!.plugin.id];
      throw new AddressTaken(second, `Plugins “${first}” and “${second}” both want the start page; switch one of them off.`);
    }
    this.home = atHome[0] ? { plugin: atHome[0].plugin, screen: atHome[0].screen, params: {} } : null;
    this.#entries = entries.toSorted((a, b) => namesIn(a) - namesIn(b));
  }

  /** The screen of an active plugin at an address of the hub. */
  match(method: string, path: string): ScreenMatch | null {
    const wanted = method === "HEAD" ? "GET" : method;
    const segments = path.split("/");
    for (const { plugin, screen, segments: pattern } of this.#entries) {
      if (methodOf(screen) !== wanted || pattern.length !== segments.length) continue;
      const params = paramsOf(pattern, segments);
      if (params) return { plugin, screen, params };
    }
    return null;
  }

  /** Screens of menus that anybody may open, also who is not signed in. */
  open(): readonly { readonly plugin: Plugin; readonly screen: PluginScreen }[] {
    return this.listed().filter(({ screen }) => screen.access === "public" && screen.on === "hub");
  }

  /** Screens that want to be listed in menus. */
  listed(): readonly { readonly plugin: Plugin; readonly screen: PluginScreen }[] {
    return this.#entries.filter(({ screen }) => screen.menu !== undefined);
  }
}

/** The path of a screen on the hub, its blog as `:blog`. */
export function fullPath(screen: Pick<PluginScreen, "on" | "path">): string {
  return screen.on === "blog" ? `/b/:blog${screen.path}` : screen.path;
}

const entryOf = (plugin: Plugin, screen: PluginScreen): Entry => ({ plugin, screen, segments: fullPath(screen).split("/") });
const namesIn = ({ segments }: Entry): number => segments.filter((segment) => segment.startsWith(":")).length;

// Whether everything at `path` would be answered by the dashboard's pattern before a plugin is asked.
function covers(pattern: string, path: string): boolean {
  const [own, wanted] = [pattern.split("/"), path.split("/")];
  return own.length === wanted.length && own.every((segment, at) => segment.startsWith(":") || segment === wanted[at]);
}
