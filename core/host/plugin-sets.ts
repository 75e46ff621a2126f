import { sentenceOf } from "../errors.ts";
import type { PluginHost, PluginInfo } from "./plugin-host.ts";

/** What an installation can be for, chosen once at set-up. */
export const setNames = ["blog", "community", "none"] as const;
export type PluginSet = (typeof setNames)[number];

/**
 * Switches on the plugins that say in their manifest that they belong to a set (a community is a blog and more), each after
 * those it requires. Gives the ones that would not go on, with the reason; the others are on.
 */
export async function switchOnSet(
  host: PluginHost,
  set: PluginSet,
  accountId: string | null,
): Promise<{ plugin: PluginInfo; why: string }[]> {
  const wanted = (await host.list()).filter(({ plugin }) =>
    plugin?.sets?.some((one) => one === set || (one === "blog" && set === "community")),
  );
  const failed: { plugin: PluginInfo; why: string }[] = [];
  for (const plugin of requiredFirst(wanted)) {
    try {
      await host.enable(plugin.id, { accountId });
    } catch (error) {
      // The installation is made; a plugin that will not run is named and can be switched on later.
      failed.push({ plugin, why: sentenceOf(error) });
    }
  }
  return failed;
}

function requiredFirst(plugins: readonly PluginInfo[]): PluginInfo[] {
  const ordered: PluginInfo[] = [];
  const add = (info: PluginInfo, path: readonly string[]) => {
    if (ordered.includes(info) || path.includes(info.id)) return;
    for (const id of Object.keys(info.plugin?.requires?.plugins ?? {})) {
      const needed = plugins.find((one) => one.id === id);
      if (needed) add(needed, [...path, info.id]);
    }
    ordered.push(info);
  };
  for (const info of plugins) add(info, []);
  return ordered;
}
