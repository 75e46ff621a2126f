import { PublicError } from "../../errors.ts";
import type { Blog } from "../../hooks/values.ts";
import type { PluginHost, PluginInfo } from "../plugin-host.ts";

type By = { readonly blog?: Blog; readonly accountId?: string | null };

/** The plugins that have to be switched on before this one, in their order; a folder that is missing or broken is in `missing`. */
export function neededFor(
  all: readonly PluginInfo[],
  id: string,
  isOn: (info: PluginInfo) => boolean = (info) => info.state === "enabled",
): { readonly toEnable: readonly PluginInfo[]; readonly missing: readonly string[] } {
  const toEnable: PluginInfo[] = [];
  const missing: string[] = [];
  const seen = new Set<string>([id]);
  const visit = (info: PluginInfo) => {
    for (const needed of Object.keys(info.plugin?.requires?.plugins ?? {})) {
      if (seen.has(needed)) continue;
      seen.add(needed);
      const found = all.find((one) => one.id === needed);
      if (!found?.plugin) missing.push(needed);
      else {
        visit(found);
        if (!isOn(found)) toEnable.push(found);
      }
    }
  };
  const start = all.find((one) => one.id === id);
  if (start) visit(start);
  return { toEnable, missing };
}

/** The plugins that are on and cannot be without this one, those that nothing else needs first. */
export function dependantsOf(
  all: readonly PluginInfo[],
  id: string,
  isOn: (info: PluginInfo) => boolean = (info) => info.state === "enabled",
): readonly PluginInfo[] {
  const found: PluginInfo[] = [];
  const visit = (needed: string) => {
    for (const info of all) {
      if (!isOn(info) || info.id === id || !info.plugin?.requires?.plugins?.[needed] || found.includes(info)) continue;
      visit(info.id);
      if (!found.includes(info)) found.push(info);
    }
  };
  visit(id);
  return found;
}

/** Switches a plugin on with all it needs; gives the others that went on with it. PublicError 409 names what is missing. */
export async function enableWithNeeded(host: PluginHost, id: string, by: By = {}): Promise<readonly PluginInfo[]> {
  const { toEnable, missing } = neededFor(await host.list(), id, isOnAt(host, by.blog));
  if (missing.length > 0) {
    const names = missing.join(", ");
    throw new PublicError("plugin.needs-missing", `It needs plugins that are not installed: ${names}.`, 409, { names });
  }
  for (const info of toEnable) await host.enable(info.id, by);
  await host.enable(id, by);
  return toEnable;
}

/** Switches a plugin off with all that cannot be without it; gives the others that went off with it. */
export async function disableWithDependants(host: PluginHost, id: string, by: By = {}): Promise<readonly PluginInfo[]> {
  const others = dependantsOf(await host.list(), id, isOnAt(host, by.blog));
  for (const info of others) await host.disable(info.id, by);
  await host.disable(id, by);
  return others;
}

/** Whether a plugin is on: for the installation, or active on a blog. */
export function isOnAt(host: PluginHost, blog: Blog | undefined): (info: PluginInfo) => boolean {
  return (info) => info.state === "enabled" && (blog === undefined || host.current.isActive(info.id, blog));
}
