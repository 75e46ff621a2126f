import { createHash } from "node:crypto";
import { stamp } from "../../clock.ts";
import type { TableShape } from "../../storage/columns.ts";
import { remove, update, upsert } from "../../storage/rows.ts";
import type { Storage, Transaction } from "../../storage/storage.ts";
import type { Plugin } from "../manifest.ts";

/** What an installation knows of a plugin's tables. */
export type ShapeRecord = {
  readonly pluginId: string;
  /** The last migration that ran. */
  readonly step: number;
  /** Of the tables as they were declared when they last came to be so; empty while they do not. */
  readonly fingerprint: string;
  /** The plugin was erased, and its tables may be there still. */
  readonly isErased: boolean;
};

/** Every plugin that has tables, or had. */
export async function shapeRecords(storage: Storage): Promise<Map<string, ShapeRecord>> {
  const rows = await storage.query("SELECT plugin_id, step, fingerprint, is_erased FROM plugin_shapes");
  return new Map(
    rows.map((row) => [
      String(row.plugin_id),
      {
        pluginId: String(row.plugin_id),
        step: Number(row.step),
        fingerprint: String(row.fingerprint),
        isErased: row.is_erased === 1,
      },
    ]),
  );
}

/** The tables of all plugins as they were declared last, by plugin. */
export async function recordedTables(storage: Storage): Promise<Map<string, readonly TableShape[]>> {
  const rows = await storage.query<{ plugin_id: string; shape: string }>("SELECT plugin_id, shape FROM plugin_shapes");
  return new Map(rows.map((row) => [row.plugin_id, JSON.parse(row.shape) as TableShape[]]));
}

/** Says what a plugin's tables are; without a fingerprint that they are on their way there. */
export async function recordShape(
  db: Transaction,
  plugin: Plugin,
  { step, isDone, now }: { readonly step: number; readonly isDone: boolean; readonly now: Date },
): Promise<void> {
  const row = {
    plugin_id: plugin.id,
    step,
    shape: JSON.stringify(plugin.tables ?? []),
    fingerprint: isDone ? fingerprintOf(plugin) : "",
    is_erased: false,
    updated_at: stamp(now),
  };
  await upsert(db, "plugin_shapes", row, ["plugin_id"]);
}

/** Says, in the transaction of a migration, that it ran. */
export async function recordStep(db: Transaction, pluginId: string, step: number, now: Date): Promise<void> {
  await update(db, "plugin_shapes", { step, fingerprint: "", updated_at: stamp(now) }, { plugin_id: pluginId });
}

/** Says that a plugin's tables are to go: whatever comes between, they are not taken for a plugin's that is there. */
export async function markErased(db: Transaction, pluginId: string): Promise<void> {
  await update(db, "plugin_shapes", { is_erased: true }, { plugin_id: pluginId });
}

/** Forgets a plugin whose tables are gone. */
export async function forgetShape(storage: Storage, pluginId: string): Promise<void> {
  await storage.write((db) => remove(db, "plugin_shapes", { plugin_id: pluginId }));
}

/** The number of the last migration. */
export function lastStep({ migrations }: Pick<Plugin, "migrations">): number {
  return migrations?.at(-1)?.number ?? 0;
}

/** Whether the tables are what the plugin declares. */
export function isCurrent(plugin: Plugin, record: ShapeRecord | undefined): boolean {
  if (!record) return !plugin.tables?.length && !plugin.migrations?.length;
  return !record.isErased && record.step === lastStep(plugin) && record.fingerprint === fingerprintOf(plugin);
}

function fingerprintOf({ tables = [] }: Pick<Plugin, "tables">): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(tables)))
    .digest("hex");
}

// The order in which somebody wrote things down means nothing, but that of an index's columns does.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const entries = value.map(sorted);
    const isNamed = entries.every((one) => typeof one === "object" && one !== null && "name" in one);
    return isNamed ? entries.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : entries;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}
