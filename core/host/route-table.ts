import type { Plugin, Route, RoutePlace } from "./manifest.ts";

/** A route that fits a request, and the words its path holds. */
export type RouteMatch = { readonly plugin: Plugin; readonly route: Route; readonly params: Readonly<Record<string, string>> };

type Entry = { readonly plugin: Plugin; readonly route: Route; readonly on: RoutePlace; readonly segments: readonly string[] };

/** The addresses of all plugins of a generation, found by exact path first, then by pattern in the plugins' order. */
export class RouteTable {
  readonly #exact = new Map<string, Entry[]>();
  readonly #patterns: Entry[] = [];

  /** Throws when two plugins claim the same address; the sentence names both. */
  constructor(plugins: readonly Plugin[]) {
    for (const plugin of plugins)
      for (const route of plugin.routes ?? []) for (const on of [route.on].flat()) this.#add(plugin, route, on);
  }

  /** The route of an active plugin for a request; `isActive` says which plugins count here. */
  match(on: RoutePlace, method: string, path: string, isActive: (plugin: Plugin) => boolean): RouteMatch | null {
    for (const entry of this.#exact.get(`${on} ${path}`) ?? [])
      if (fits(entry.route, method) && isActive(entry.plugin)) return { plugin: entry.plugin, route: entry.route, params: {} };
    const segments = path.split("/");
    for (const entry of this.#patterns) {
      if (entry.on !== on || !fits(entry.route, method)) continue;
      const params = paramsOf(entry.segments, segments);
      if (params && isActive(entry.plugin)) return { plugin: entry.plugin, route: entry.route, params };
    }
    return null;
  }

  /** Every route at an address, whatever its method. */
  at(on: RoutePlace, path: string, isActive: (plugin: Plugin) => boolean): readonly Route[] {
    const segments = path.split("/");
    const fitting = this.#patterns.filter((entry) => entry.on === on && paramsOf(entry.segments, segments));
    const entries = [...(this.#exact.get(`${on} ${path}`) ?? []), ...fitting];
    return entries.filter(({ plugin }) => isActive(plugin)).map(({ route }) => route);
  }

  #add(plugin: Plugin, route: Route, on: RoutePlace): void {
    const segments = route.path.split("/");
    const entry = { plugin, route, on, segments };
    if (segments.some((segment) => /^[:*]/.test(segment))) {
      this.#patterns.push(entry);
      return;
    }
    const key = `${on} ${route.path}`;
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

/** The words that a path holds in the places of a pattern's names, both as segments of one number; null when it does not fit. */
export function paramsOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  const rest = pattern.at(-1)?.startsWith("*") ? pattern.length - 1 : null;
  if (rest === null ? segments.length !== pattern.length : segments.length <= rest) return null;
  for (const [at, wanted] of pattern.entries()) {
    if (at === rest) {
      const value = decode(segments.slice(at).join("/"));
      return value === null ? null : { ...params, [wanted.slice(1)]: value };
    }
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
