import type { Plugin, Route } from "./manifest.ts";

/** A route that fits a request, and the words its path holds. */
export type RouteMatch = { readonly plugin: Plugin; readonly route: Route; readonly params: Readonly<Record<string, string>> };

type Entry = { readonly plugin: Plugin; readonly route: Route; readonly segments: readonly string[] };

/** The addresses of all plugins of a generation, found by exact path first, then by pattern in the plugins' order. */
export class RouteTable {
  readonly #exact = new Map<string, Entry[]>();
  readonly #patterns: Entry[] = [];

  /** Throws when two plugins claim the same address; the sentence names both. */
  constructor(plugins: readonly Plugin[]) {
    for (const plugin of plugins) for (const route of plugin.routes ?? []) this.#add(plugin, route);
  }

  /** The route of an active plugin for a request; `isActive` says which plugins count here. */
  match(on: Route["on"], method: string, path: string, isActive: (plugin: Plugin) => boolean): RouteMatch | null {
    for (const entry of this.#exact.get(`${on} ${path}`) ?? [])
      if (fits(entry.route, method) && isActive(entry.plugin)) return { plugin: entry.plugin, route: entry.route, params: {} };
    const segments = path.split("/");
    for (const entry of this.#patterns) {
      if (entry.route.on !== on || !fits(entry.route, method) || entry.segments.length !== segments.length) continue;
      const params = paramsOf(entry.segments, segments);
      if (params && isActive(entry.plugin)) return { plugin: entry.plugin, route: entry.route, params };
    }
    return null;
  }

  #add(plugin: Plugin, route: Route): void {
    const segments = route.path.split("/");
    const entry = { plugin, route, segments };
    if (segments.some((segment) => segment.startsWith(":"))) {
      this.#patterns.push(entry);
      return;
    }
    const key = `${route.on} ${route.path}`;
    const others = this.#exact.get(key) ?? [];
    const taken = others.find((other) => other.route.method === route.method);
    if (taken && taken.plugin.id !== plugin.id)
      throw new Error(
        `Plugins “${taken.plugin.id}” and “${plugin.id}” both claim ${route.method} ${route.path}; switch one of them off.`,
      );
    this.#exact.set(key, [...others, entry]);
  }
}

const fits = (route: Route, method: string): boolean => route.method === method || (route.method === "GET" && method === "HEAD");

function paramsOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [at, wanted] of pattern.entries()) {
    const segment = segments[at]!;
    if (wanted.startsWith(":")) {
      const value = decode(segment);
      if (value === null || value === "") return null;
      params[wanted.slice(1)] = value;
    } else if (wanted !== segment) return null;
  }
  return params;
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
