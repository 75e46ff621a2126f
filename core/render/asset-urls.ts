import { isHtml } from "./theme-engine/engine.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Theme } from "./themes/theme.ts";
import type { Themes } from "./themes/themes.ts";

/** The address of a theme's file, with the hash of its content; null when no theme of the chain has it. */
export function assetUrl(chain: readonly Theme[], path: unknown): string | null {
  if (typeof path !== "string" && !isHtml(path)) return null;
  const name = String(path);
  for (const theme of chain) {
    const asset = theme.asset(name);
    if (asset) return `/assets/${theme.id}/${asset.hash}/${name}`;
  }
  return null;
}

/** Addresses of the style sheets of a page: the theme's parents first, then the theme, then active plugins. */
export function sheetUrls(scope: Scope, themes: Themes, chain: readonly Theme[]): string[] {
  // The base theme lends templates to every theme, but its looks only to those without any of their own.
  const dressed = chain.filter((theme) => theme.id !== "base" && theme.manifest.styles.length > 0);
  const own = (dressed.length > 0 ? dressed : chain)
    .toReversed()
    .flatMap((theme) => theme.manifest.styles.map((path) => assetUrl([theme], path)));
  const plugins = themes.plugins.styles(scope).map(({ pluginId, path }) => {
    const folder = themes.plugins.folder(scope, pluginId);
    const asset = folder === null ? null : themes.pluginFolder(pluginId, folder).asset(path);
    return asset && `/assets/plugins/${pluginId}/${asset.hash}/${path}`;
  });
  return [...own, ...plugins].filter((url) => url !== null);
}
