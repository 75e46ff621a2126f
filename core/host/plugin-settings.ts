import { stamp } from "../clock.ts";
import type { RawValues } from "../hooks/field-values.ts";
import type { Json } from "../hooks/values.ts";
import { remove, upsert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";

/** Where a value belongs: the installation ("-"), a blog or an account. */
export type SettingPlace = {
  readonly pluginId: string;
  readonly scope: "network" | "blog" | "account";
  readonly scopeId: string;
};

/** Stored values of one place. */
export async function storedValues(storage: Storage, place: SettingPlace): Promise<RawValues> {
  const sql = "SELECT name, value FROM plugin_settings WHERE plugin_id = ? AND scope = ? AND scope_id = ?";
  const rows = await storage.query(sql, [place.pluginId, place.scope, place.scopeId]);
  return Object.fromEntries(rows.map((row) => [String(row.name), JSON.parse(String(row.value)) as Json]));
}

/** One stored value inside the caller's transaction, which nobody else changes until it ends; undefined when there is none. */
export async function storedValueToChange(db: Transaction, place: SettingPlace, name: string): Promise<Json | undefined> {
  const sql = "SELECT value FROM plugin_settings WHERE plugin_id = ? AND scope = ? AND scope_id = ? AND name = ?";
  // On MySQL two who read the same value would otherwise both write theirs; on SQLite there is one writer anyway.
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const [row] = await db.query(sql + lock, [place.pluginId, place.scope, place.scopeId, name]);
  return row && (JSON.parse(String(row.value)) as Json);
}

/** Stores values inside the caller's transaction; `undefined` removes one. */
export async function storeValues(
  db: Transaction,
  place: SettingPlace,
  values: Readonly<Record<string, Json | undefined>>,
  now: Date,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const key = { plugin_id: place.pluginId, scope: place.scope, scope_id: place.scopeId, name };
    if (value === undefined) await remove(db, "plugin_settings", key);
    else await upsert(db, "plugin_settings", { ...key, value: JSON.stringify(value), updated_at: stamp(now) }, Object.keys(key));
  }
}
