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
  const rows = await storage.query("SELECT name, value FROM plugin_settings WHERE plugin_id = ? AND scope = ? AND scope_id = ?", [
    place.pluginId,
    place.scope,
    place.scopeId,
  ]);
  return Object.fromEntries(rows.map((row) => [String(row.name), JSON.parse(String(row.value)) as Json]));
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
