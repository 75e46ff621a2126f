import type { Scope } from "../hooks/scope.ts";
import { templateCallName, type TemplateCall } from "../hooks/template-call.ts";
import { noCalls, type PluginPage, type RenderPlugins } from "../render/render.types.ts";
import type { Generation } from "./generation.ts";
import type { HostServices } from "./host-services.ts";
import type { Plugin } from "./manifest.ts";
import { slotViews } from "./slot-views.ts";

/** The plugins of a scope's generation as the render door asks for them. */
export function renderPlugins(translate: HostServices["translate"]): RenderPlugins {
  const active = (scope: Scope): Plugin[] => {
    const generation = scope.taps as Generation;
    return [...generation.plugins.values()]
      .map(({ plugin }) => plugin)
      .filter((plugin) => generation.isActive(plugin.id, scope.blog));
  };
  return {
    filledSlots: (scope) => (scope.taps as Generation).filledSlots,
    slotViews,
    pages: (scope) =>
      active(scope).flatMap((plugin) => {
        const say = (key: string) => translate(plugin, scope.blog?.language ?? "en", key);
        return (plugin.pages ?? []).map((page) => pageOf(scope, plugin, { ...page, title: worded(say, page) }));
      }),
    styles: (scope) => active(scope).flatMap((plugin) => (plugin.styles ?? []).map((path) => ({ pluginId: plugin.id, path }))),
    calls: (scope) => {
      const callers = active(scope).filter((plugin) => plugin.filters || plugin.functions);
      return callers.length === 0 ? noCalls : { filters: callsOf(callers, "filters"), functions: callsOf(callers, "functions") };
    },
    folder(scope, pluginId) {
      const generation = scope.taps as Generation;
      return generation.isActive(pluginId, scope.blog) ? (generation.plugins.get(pluginId)?.folder ?? null) : null;
    },
    translate(scope, pluginId, key, values) {
      const plugin = (scope.taps as Generation).plugins.get(pluginId)?.plugin;
      return plugin ? translate(plugin, scope.blog?.language ?? "en", key, values) : key;
    },
  };
}

// In the blog's language where the plugin speaks it; a key that nothing stands under comes back as it is.
function worded(say: (key: string) => string, { path, title }: { path: string; title: string }): string {
  const key = `pages.${path}`;
  const said = say(key);
  return said === key ? title : said;
}

function callsOf(plugins: readonly Plugin[], part: "filters" | "functions"): ReadonlyMap<string, TemplateCall> {
  return new Map(
    plugins.flatMap((plugin) =>
      Object.entries(plugin[part] ?? {}).map(([name, call]) => [templateCallName(plugin.id, name), call]),
    ),
  );
}

function pageOf(scope: Scope, plugin: Plugin, page: NonNullable<Plugin["pages"]>[number]): PluginPage {
  const generation = scope.taps as Generation;
  return {
    pluginId: plugin.id,
    path: page.path,
    title: page.title,
    inNavigation: page.inNavigation ?? false,
    async view(request) {
      const part = {
        name: `page ${page.path}`,
        limit: 2_000,
        work: (context: Parameters<typeof page.view>[1]) => page.view(request, context),
      };
      const result = await generation.run(scope, plugin, part);
      return result.ok ? result.value : null;
    },
  };
}
