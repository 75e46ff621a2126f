import { PublicError } from "../errors.ts";
import type { BrokenPlugin, LoadedPlugin } from "./load-plugins.ts";
import type { Plugin } from "./manifest.ts";
import type { PluginRow } from "./plugin-rows.ts";

/** One plugin as the dashboard and the command line show it. */
export type PluginInfo = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly state: "available" | "enabled" | "disabled" | "paused" | "failed" | "missing" | "broken";
  readonly reason: string;
  readonly isEverywhere: boolean;
  /** When it was last switched, paused or found failing; null for one that never was on. */
  readonly changedAt: string | null;
  readonly plugin: Plugin | null;
  readonly folder: string | null;
};

/** Refuses plugins that cannot be on together, when the one that must run is among them. */
export function refuseConflicts(plugins: readonly LoadedPlugin[], mustRun: string | null): void {
  const ids = new Set(plugins.map(({ plugin }) => plugin.id));
  for (const { plugin } of plugins) {
    const other = plugin.conflicts?.find((id) => ids.has(id));
    if (other && (mustRun === plugin.id || mustRun === other))
      throw new PublicError(
        "plugin.conflict",
        `“${plugin.id}” and “${other}” cannot be on together; switch one of them off.`,
        409,
        { id: plugin.id, other },
      );
  }
}

/** What the database and the folder say of a plugin, together. */
export function infoOf(id: string, row: PluginRow | undefined, found: LoadedPlugin | BrokenPlugin | undefined): PluginInfo {
  const base = {
    id,
    isEverywhere: row?.isEverywhere ?? false,
    reason: row?.reason ?? "",
    changedAt: row?.changedAt ?? null,
    folder: found?.folder ?? null,
  };
  if (!found)
    return {
      ...base,
      name: id,
      version: row!.version,
      state: "missing",
      reason: "Its folder is gone; put it back, or delete its data.",
      plugin: null,
    };
  if ("reason" in found)
    return { ...base, name: id, version: row?.version ?? "", state: "broken", reason: found.reason, plugin: null };
  const { plugin } = found;
  return { ...base, name: plugin.name, version: plugin.version, state: row?.state ?? "available", plugin };
}
