import type { Capability, Plugin } from "../../../core/host/manifest.ts";
import type { PluginInfo } from "../../../core/host/plugin-host.ts";
import { missingSettings } from "../../../core/host/switching/needs-setup.ts";
import type { AdminRequest } from "../../request.ts";

/** What switching a plugin on means, in sentences: what it may do, and what it adds. */
export type Consent = {
  readonly may: readonly string[];
  readonly adds: readonly { readonly what: string; readonly names: string }[];
};

/** The consent page's sentences of a plugin. */
export function consentOf({ t }: Pick<AdminRequest, "t">, plugin: Plugin): Consent {
  const hosts = plugin.hosts ?? [];
  const may = (plugin.capabilities ?? []).map((capability: Capability) => t(`capability.${capability}`, { hosts }));
  const listed: readonly (readonly [string, readonly string[]])[] = [
    ["menu", (plugin.pages ?? []).filter((page) => page.inNavigation).map((page) => page.title)],
    ["screens", [...new Set((plugin.screens ?? []).filter((one) => one.method !== "POST").map((one) => one.title))]],
    ["pages", (plugin.pages ?? []).map((page) => page.path)],
    ["routes", [...new Set((plugin.routes ?? []).map((route) => route.path))]],
    ["slots", Object.keys(plugin.slots ?? {})],
    ["jobs", Object.keys(plugin.jobs ?? {})],
    ["tables", [...(plugin.tables ?? []).map((table) => table.name), ...Object.keys(plugin.collections ?? {})]],
    ["services", Object.keys(plugin.services ?? {})],
    ["hosts", plugin.hosts ?? []],
  ];
  const adds = listed
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => ({ what: t(`plugins.adds-${what}`, { n: names.length }), names: names.join(", ") }));
  return { may, adds };
}

/** How a plugin's state is shown: a word of ours and a look. */
export type StateShown = { readonly word: string; readonly look: string };

/** The state of a plugin in a word. `given` are the settings somebody filled in: one that lacks some needs setting up. */
export function stateOf({ t }: Pick<AdminRequest, "t">, info: PluginInfo, given?: ReadonlySet<string>): StateShown {
  const looks = {
    enabled: "good",
    paused: "bad",
    failed: "bad",
    broken: "bad",
    missing: "warn",
    disabled: "",
    available: "",
  } as const;
  if (info.state === "enabled" && info.plugin && missingSettings(info.plugin, given).length > 0)
    return { word: t("plugins.state-setup"), look: "warn" };
  return { word: t(`plugins.state-${info.state}`), look: looks[info.state] };
}

const groups: Readonly<Record<NonNullable<Plugin["category"]>, string>> = {
  Publishing: "publishing",
  IndieWeb: "indieweb",
  Social: "social",
  "Cross-posting": "crossposting",
  "Import & export": "import",
  Media: "media",
  Newsletter: "newsletter",
  Storage: "storage",
  Security: "security",
  Tools: "tools",
};

/** What a plugin is for, as the heading it is listed under. */
export function purposeOf({ t }: Pick<AdminRequest, "t">, { plugin }: PluginInfo): string {
  if (!plugin) return t("plugins.troubled");
  return t(`plugins.group-${groups[plugin.category ?? "Tools"] ?? "tools"}`);
}
