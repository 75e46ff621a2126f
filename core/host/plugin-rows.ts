import { stamp } from "../clock.ts";
import { insert, upsert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import type { Activations } from "./generation.ts";

/** How a plugin stands: `paused` was switched off by the host after repeated failures, `failed` could not be installed. */
export type PluginState = "enabled" | "disabled" | "paused" | "failed";

/** What the database knows about a plugin. */
export type PluginRow = {
  readonly id: string;
  readonly version: string;
  readonly state: PluginState;
  readonly reason: string;
  readonly isEverywhere: boolean;
  /** When it was last switched or paused; read, never written. */
  readonly changedAt?: string;
};

/** Every plugin that was ever switched on. */
export async function pluginRows(storage: Storage): Promise<Map<string, PluginRow>> {
  const rows = await storage.query("SELECT id, version, state, reason, is_everywhere, updated_at FROM plugins");
  return new Map(
    rows.map((row) => [
      String(row.id),
      {
        id: String(row.id),
        version: String(row.version),
        state: row.state as PluginState,
        reason: String(row.reason),
        isEverywhere: row.is_everywhere === 1,
        changedAt: String(row.updated_at),
      },
    ]),
  );
}

/** Where the enabled plugins are active. */
export async function readActivations(storage: Storage, rows: ReadonlyMap<string, PluginRow>): Promise<Activations> {
  const exceptions = await storage.query("SELECT plugin_id, blog_id, is_active FROM plugin_activations");
  return {
    everywhere: new Set([...rows.values()].filter((row) => row.isEverywhere).map((row) => row.id)),
    exceptions: new Map(exceptions.map((row) => [`${row.plugin_id} ${row.blog_id}`, row.is_active === 1])),
  };
}

/** Writes a plugin's standing inside the caller's transaction. */
export async function storePlugin(db: Transaction, row: PluginRow, now: Date): Promise<void> {
  const at = stamp(now);
  const values = {
    id: row.id,
    version: row.version,
    state: row.state,
    reason: row.reason.slice(0, 2000),
    is_everywhere: row.isEverywhere,
    updated_at: at,
  };
  await upsert(db, "plugins", { ...values, enabled_at: row.state === "enabled" ? at : null }, ["id"]);
}

/** Switches a plugin on or off for one blog. */
export async function storeActivation(
  db: Transaction,
  pluginId: string,
  blogId: string,
  change: { isActive: boolean; accountId: string | null; now: Date },
): Promise<void> {
  const row = {
    plugin_id: pluginId,
    blog_id: blogId,
    is_active: change.isActive,
    account_id: change.accountId,
    changed_at: stamp(change.now),
  };
  await upsert(db, "plugin_activations", row, ["plugin_id", "blog_id"]);
}

/** Notes which plugins a process runs, for going back after a crash. Gives the generation's number. */
export async function recordGeneration(db: Transaction, plugins: readonly string[], now: Date): Promise<number> {
  // Locked: servers that start at the same moment each get a number of their own.
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const [last] = await db.query(`SELECT MAX(number) AS number FROM plugin_generations${lock}`);
  const number = Number(last?.number ?? 0) + 1;
  await insert(db, "plugin_generations", [{ number, plugins: JSON.stringify(plugins), made_at: stamp(now), result: "running" }]);
  await db.run("DELETE FROM plugin_generations WHERE number < ?", [number - 50]);
  return number;
}
