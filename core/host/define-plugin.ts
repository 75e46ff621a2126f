import { coreHooks } from "../hooks/catalogue.ts";
import type { Fields } from "../hooks/fields.ts";
import { slotNames } from "../render/slots.ts";
import type { Capability, Plugin } from "./manifest.ts";
import { callablesProblem, noSuch } from "./manifest-parts.ts";
import { timesProblem } from "./manifest-times.ts";
import { panelsProblem } from "./panels/panel-check.ts";
import { typedProblem } from "./connections/typed-fields.ts";
import { settingsProblem } from "./save-settings.ts";
import { screensProblem } from "./screens/screen-problem.ts";
import { shapeProblem } from "./shape/shape-problem.ts";

const capabilities: readonly Capability[] = [
  "posts:read",
  "posts:write",
  "media:read",
  "media:write",
  "interactions:read",
  "interactions:write",
  "accounts:read",
  "identity",
  "mail:send",
  "network:fetch",
  "network:fetch-any",
  "pages:script",
  "blogs:manage",
  "moderate",
];

/** A manifest that is not sound; `problem` is the sentence without the plugin's name. */
export class ManifestError extends Error {
  readonly problem: string;

  constructor(id: unknown, problem: string) {
    super(`Plugin “${String(id)}”: ${problem}`);
    this.problem = problem;
  }
}

/**
 * Declares a plugin: the default export of its `plugin.ts`. Throws at once, with a sentence naming the plugin and the
 * mistake, when an id is malformed, a hook is unknown, or a hook needs a capability that is not declared.
 * @since 1
 */
export function definePlugin<const S extends Fields = {}, const N extends Fields = {}>(plugin: Plugin<S, N>): Plugin<S, N> {
  const problem = manifestProblem(plugin as unknown as Plugin);
  if (problem) throw new ManifestError(plugin.id, problem);
  return plugin;
}

/** The first thing wrong with a manifest, as a sentence; null when it is sound. */
export function manifestProblem(plugin: Plugin): string | null {
  return identityProblem(plugin) ?? capabilityProblem(plugin) ?? hookProblem(plugin) ?? partsProblem(plugin);
}

/** True when the plugin may do that; writing includes reading, any website includes named hosts. */
export function isAllowed(plugin: Plugin, capability: string): boolean {
  const own = plugin.capabilities ?? [];
  return own.some(
    (held) => held === capability || held === capability.replace(/:read$/, ":write") || held === `${capability}-any`,
  );
}

function identityProblem(plugin: Plugin): string | null {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(plugin.id)) return "the id must be 2 to 40 of a-z, 0-9 and hyphen, starting with a letter.";
  if (plugin.api !== 1) return `it is written for plugin API ${String(plugin.api)}; this Rookery speaks API 1.`;
  if (!plugin.name?.trim()) return "it has no name.";
  if (!plugin.description?.trim()) return "it has no description.";
  if (!/^\d+\.\d+\.\d+$/.test(plugin.version)) return `version “${plugin.version}” is not of the form 1.2.3.`;
  return null;
}

function capabilityProblem(plugin: Plugin): string | null {
  for (const held of plugin.capabilities ?? []) if (!capabilities.includes(held)) return noSuch("capability", held, capabilities);
  if (isAllowed(plugin, "network:fetch") && !plugin.capabilities?.includes("network:fetch-any") && !plugin.hosts?.length)
    return "network:fetch needs the list `hosts`; use network:fetch-any for addresses that people type.";
  return null;
}

function hookProblem(plugin: Plugin): string | null {
  for (const [name, tap] of Object.entries(plugin.hooks ?? {})) {
    const facts = Object.hasOwn(coreHooks, name) ? coreHooks[name as keyof typeof coreHooks] : undefined;
    // A hook with a slash-less unknown name may be offered by a plugin it requires; the host checks that when it builds.
    if (!facts && !Object.keys(plugin.requires?.plugins ?? {}).length && !plugin.offers?.[name])
      return noSuch("hook", name, Object.keys(coreHooks));
    if (facts?.needs && !isAllowed(plugin, facts.needs)) return `hook “${name}” needs the capability ${facts.needs}.`;
    if (typeof tap === "object" && tap.durable && facts && !facts.isDurable)
      return `hook “${name}” cannot be durable: only facts of posts, media and interactions are told by jobs.`;
    if (typeof tap === "object" && tap.afterUndo && !(tap.durable && (name === "post.published" || name === "post.restored")))
      return `hook “${name}” cannot wait for Undo: only durable taps on post.published and post.restored do.`;
  }
  return null;
}

function partsProblem(plugin: Plugin): string | null {
  for (const name of Object.keys(plugin.slots ?? {})) if (!slotNames.includes(name)) return noSuch("slot", name, slotNames);
  for (const route of plugin.routes ?? [])
    if (!route.path.startsWith("/")) return `route “${route.path}” must start with a slash.`;
  for (const { path } of plugin.routes ?? [])
    if (/\*(?!\w+$)|[^/]\*/.test(path)) return `route “${path}” may hold a star only before its last word.`;
  for (const route of plugin.routes ?? [])
    if ([route.on].flat().includes("blog") && route.access !== "public")
      return `route “${route.path}” is on the blog, where nobody is signed in: its access can only be public.`;
  const early = callablesProblem(plugin) ?? timesProblem(plugin) ?? shapeProblem(plugin);
  if (early) return early;
  for (const what of plugin.composer ?? []) if (what !== "audio") return `the composer has no “${String(what)}” to offer.`;
  const settings = settingsProblem(plugin) ?? screensProblem(plugin) ?? typedProblem(plugin) ?? actionsProblem(plugin);
  return settings ?? callsProblem(plugin) ?? panelsProblem(plugin.panels ?? []);
}

function callsProblem(plugin: Plugin): string | null {
  for (const [name, call] of Object.entries({ ...plugin.filters, ...plugin.functions })) {
    if (!/^[a-z][a-zA-Z0-9_]{0,39}$/.test(name)) return `a template cannot call “${name}”: use letters, digits and underscores.`;
    if (!call.about?.trim()) return `“${name}” says nothing about itself: give it an “about” for authors of themes.`;
    for (const [argument, type] of Object.entries(call.takes ?? {}))
      if (!/^[a-z][a-zA-Z0-9_]{0,39}$/.test(argument) || !/^(text|number|boolean|list)\??$/.test(type))
        return `“${argument}” of “${name}” must be a text, number, boolean or list.`;
    if (!call.takes || typeof call.run !== "function") return `“${name}” needs “takes” and “run”.`;
  }
  if (plugin.filters && Object.values(plugin.filters).some(({ takes }) => Object.keys(takes).length === 0))
    return "a filter takes at least what stands before the bar.";
  return null;
}

// What a form of settings has buttons for must be there to be run.
function actionsProblem(plugin: Plugin): string | null {
  for (const [key, { type, testAction }] of Object.entries({ ...plugin.settings, ...plugin.networkSettings })) {
    if (testAction && !Object.hasOwn(plugin.tests ?? {}, testAction.name))
      return `setting “${key}” has the test “${testAction.name}”, which is not among the plugin's tests.`;
    if (type === "oauth" && !Object.hasOwn(plugin.connections ?? {}, key))
      return `setting “${key}” is connected, but there is no “${key}” among the plugin's connections.`;
  }
  return null;
}
