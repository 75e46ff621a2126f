import type { Plugin } from "../manifest.ts";
import type { PluginRow } from "../plugin-rows.ts";
import { isCurrent, lastStep, type ShapeRecord } from "./shape-records.ts";

/** What lies between a plugin as it was here last and its code now. */
export type Upgrade = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Numbers of the migrations that are to run. */
  readonly steps: readonly number[];
  readonly areTablesNew: boolean;
};

/** What is to be done before a plugin that is on can run; null when nothing is. */
export function upgradeOf(plugin: Plugin, row: PluginRow | undefined, record: ShapeRecord | undefined): Upgrade | null {
  const areTablesNew = !isCurrent(plugin, record);
  const from = row?.version ?? plugin.version;
  if (!areTablesNew && !isOlder(from, plugin.version)) return null;
  const steps = record ? (plugin.migrations ?? []).map(({ number }) => number).filter((number) => number > record.step) : [];
  return { id: plugin.id, from, to: plugin.version, steps: record && record.step > lastStep(plugin) ? [] : steps, areTablesNew };
}

/** `birds 1.0.0 to 1.1.0: migrations 1, 2; tables`. */
export function describeUpgrade({ id, from, to, steps, areTablesNew }: Upgrade): string {
  const migrations = steps.length > 0 ? [`migration${steps.length > 1 ? "s" : ""} ${steps.join(", ")}`] : [];
  const parts = [...migrations, ...(areTablesNew ? ["tables"] : [])];
  return `${id} ${from === to ? to : `${from} to ${to}`}${parts.length > 0 ? `: ${parts.join("; ")}` : ""}`;
}

/** Whether a version is before another. */
export function isOlder(one: string, other: string): boolean {
  const [a, b] = [one.split(".").map(Number), other.split(".").map(Number)];
  const difference = a.map((part, at) => part - (b[at] ?? 0)).find((part) => part !== 0) ?? 0;
  return difference < 0;
}
