import { remove } from "../storage/rows.ts";
import type { Storage } from "../storage/storage.ts";
import { tablePrefix } from "./shape/table-prefix.ts";
import { forgetConsent } from "./plugin-consent.ts";
import { forgetShape, markErased } from "./shape/shape-records.ts";

/** Names of the tables that belong to a plugin, also when its code is gone. */
export async function tablesOf(storage: Storage, pluginId: string): Promise<string[]> {
  const sql =
    storage.dialect === "sqlite"
      ? "SELECT name FROM sqlite_master WHERE type = 'table'"
      : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()";
  const prefix = tablePrefix(pluginId);
  // Those of `notes-more` begin like those of `notes` too.
  const longer = await storage.query<{ id: string }>("SELECT id FROM plugins UNION SELECT plugin_id FROM plugin_shapes");
  const others = longer.map(({ id }) => tablePrefix(id)).filter((other) => other !== prefix && other.startsWith(prefix));
  const rows = await storage.query<{ name: string }>(sql);
  return rows.map((row) => row.name).filter((name) => name.startsWith(prefix) && !others.some((other) => name.startsWith(other)));
}

/** Removes everything a plugin left in the database: documents, settings, activations, jobs, schedules, its row and its tables. */
export async function eraseData(storage: Storage, pluginId: string): Promise<void> {
  const tables = await tablesOf(storage, pluginId);
  await storage.write(async (db) => {
    for (const table of ["plugin_document_index", "plugin_documents", "plugin_settings", "plugin_activations", "jobs"])
      await remove(db, table, { plugin_id: pluginId });
    await db.run("DELETE FROM schedules WHERE id = ? OR (id >= ? AND id < ?)", [pluginId, `${pluginId}/`, `${pluginId}0`]);
    await forgetConsent(db, pluginId);
    await markErased(db, pluginId);
    await remove(db, "plugins", { id: pluginId });
  });
  // Tables go last and one by one: MySQL commits with every DROP, so a crash in between leaves only empty work for the next run.
  const runner = storage.source.createQueryRunner();
  try {
    for (const table of tables) await runner.dropTable(table, true);
  } finally {
    if (storage.dialect === "mysql") await runner.release();
  }
  await forgetShape(storage, pluginId);
}

/** Removes what a plugin keeps for one blog, or all plugins when a blog goes away. */
export async function eraseBlogData(storage: Storage, blogId: string): Promise<void> {
  await storage.write(async (db) => {
    for (const table of ["plugin_document_index", "plugin_documents", "plugin_activations", "jobs"])
      await remove(db, table, { blog_id: blogId });
    await remove(db, "plugin_settings", { scope: "blog", scope_id: blogId });
  });
}
