import { coreHooks } from "../../hooks/catalogue.ts";
import type { LoadedPlugin } from "../../host/load-plugins.ts";
import type { Plugin } from "../../host/manifest.ts";
import { slotNames } from "../../render/slots.ts";

/** A plugin that taps every hook and slot and, once told to begin, throws in all of them. */
export function badNeighbour(plugin: Plugin): { loaded: LoadedPlugin; begin(): void } {
  let isBad = false;
  // Well-behaved until it is on, or the smoke test would not let it in.
  const fail = () => {
    if (isBad) throw new Error("I am the bad neighbour");
  };
  const names = [...Object.keys(coreHooks), ...Object.keys(plugin.offers ?? {})];
  const neighbour = {
    id: "bad-neighbour",
    name: "Bad neighbour",
    description: "Throws everywhere.",
    version: "1.0.0",
    api: 1,
    capabilities: ["posts:write", "media:write", "interactions:write", "accounts:read"],
    ...(plugin.offers && { requires: { plugins: { [plugin.id]: "*" } } }),
    hooks: Object.fromEntries(names.map((name) => [name, fail])),
    slots: Object.fromEntries(slotNames.map((name) => [name, fail])),
  };
  const loaded = { plugin: neighbour as unknown as Plugin, folder: "bad-neighbour", isBundled: true };
  return { loaded, begin: () => void (isBad = true) };
}
