import { globSync } from "node:fs";
import { tablesOf } from "../../host/plugin-data.ts";
import type { TestHost } from "../test-host.ts";

const owned = ["plugin_activations", "plugin_settings", "plugin_documents", "plugin_document_index", "jobs"];

/** What is there of a plugin in the database and the data folder, by place; empty when there is nothing. */
export async function leftovers(host: TestHost, id: string): Promise<Record<string, number>> {
  const left = await traces(host, id);
  const { storage } = host.house;
  const count = async (place: string, sql: string, value: string) => {
    const [row] = await storage.query(sql, [value]);
    if (Number(row!.number) > 0) left[place] = Number(row!.number);
  };
  await count("plugins", "SELECT COUNT(*) AS number FROM plugins WHERE id = ?", id);
  await count("plugin_shapes", "SELECT COUNT(*) AS number FROM plugin_shapes WHERE plugin_id = ?", id);
  await count("secrets", "SELECT COUNT(*) AS number FROM secrets WHERE place LIKE ?", `plugin/${id}/%`);
  for (const table of await tablesOf(storage, id)) left[table] = 1;
  const files = globSync(`**/*${id}*`, { cwd: host.folder });
  if (files.length > 0) left.files = files.length;
  return left;
}

/** How many rows a plugin has where it keeps things: activating it again must not add any. */
export async function traces(host: TestHost, id: string): Promise<Record<string, number>> {
  const left: Record<string, number> = {};
  const { storage } = host.house;
  for (const table of owned) {
    const [row] = await storage.query(`SELECT COUNT(*) AS number FROM ${table} WHERE plugin_id = ?`, [id]);
    if (Number(row!.number) > 0) left[table] = Number(row!.number);
  }
  const [schedules] = await storage.query("SELECT COUNT(*) AS number FROM schedules WHERE id LIKE ?", [`${id}/%`]);
  if (Number(schedules!.number) > 0) left.schedules = Number(schedules!.number);
  for (const table of await tablesOf(storage, id)) {
    const [row] = await storage.query(`SELECT COUNT(*) AS number FROM ${table}`);
    if (Number(row!.number) > 0) left[`rows of ${table}`] = Number(row!.number);
  }
  return left;
}
