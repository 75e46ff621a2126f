import type { Capability, Plugin } from "../../../core/host/manifest.ts";
import type { PluginInfo } from "../../../core/host/plugin-host.ts";
import type { AdminRequest } from "../../request.ts";

/** What switching a plugin on means, in sentences: what it may do, and what it adds. */
export type Consent = { readonly may: readonly string[]; readonly adds: readonly string[]; readonly needs: readonly string[] };

/** The consent page's sentences of a plugin. */
export function consentOf({ t }: Pick<AdminRequest, "t">, plugin: Plugin): Consent {
  const hosts = plugin.hosts?.join(", ") ?? "";
  const may = (plugin.capabilities ?? []).map((capability: Capability) => t(`capability.${capability}`, { hosts }));
  const counted: readonly (readonly [string, number])[] = [
    ["settings", Object.keys({ ...plugin.settings, ...plugin.networkSettings }).length],
    ["routes", plugin.routes?.length ?? 0],
    ["pages", plugin.pages?.length ?? 0],
    ["slots", Object.keys(plugin.slots ?? {}).length],
    ["jobs", Object.keys(plugin.jobs ?? {}).length],
    ["data", Object.keys(plugin.collections ?? {}).length + (plugin.tables?.length ?? 0)],
    ["services", Object.keys(plugin.services ?? {}).length],
  ];
  const adds = counted.filter(([, n]) => n > 0).map(([what, n]) => t(`plugins.adds-${what}`, { n }));
  return { may, adds, needs: Object.keys(plugin.requires?.plugins ?? {}) };
}

/** How a plugin's state is shown: a word of ours and a look. */
export function stateOf({ t }: Pick<AdminRequest, "t">, info: PluginInfo): { readonly word: string; readonly look: string } {
  const looks = {
    enabled: "good",
    paused: "bad",
    failed: "bad",
    broken: "bad",
    missing: "warn",
    disabled: "",
    available: "",
  } as const;
  return { word: t(`plugins.state-${info.state}`), look: looks[info.state] };
}
