import type { Plugin } from "../../host/manifest.ts";
import { bringUpTables } from "../../host/shape/bring-up.ts";
import { historyOf } from "../../host/shape/shape-history.ts";
import { recordShape } from "../../host/shape/shape-records.ts";
import { findTable } from "../../storage/found-tables.ts";
import { createTables } from "../../storage/migrate.ts";
import type { Storage } from "../../storage/storage.ts";
import { differenceOf, isSame } from "../../storage/table-difference.ts";

/**
 * Whether a plugin's migrations lead from the tables it began with to those it declares, and whether they run. The first tables
 * are what the migrations say was there; they are empty. `fresh` and `old` are two installations without the plugin.
 */
export async function tablesByMigrations(fresh: Storage, old: Storage, plugin: Plugin, now: Date) {
  const { first } = historyOf(plugin);
  const runner = old.source.createQueryRunner();
  await createTables(runner, [...first.values()]);
  await old.write((db) => recordShape(db, { ...plugin, tables: [...first.values()] }, { step: 0, isDone: true, now }));
  await bringUpTables(old, plugin, now);
  await bringUpTables(fresh, plugin, now);
  return { byMigrations: await tablesIn(old, plugin), fresh: await tablesIn(fresh, plugin) };
}

async function tablesIn(storage: Storage, { tables = [] }: Plugin) {
  const found = await Promise.all(tables.map(({ name }) => findTable(storage, name)));
  return found.map((table) => ({
    name: table?.name,
    columns: Object.fromEntries([...(table?.columns ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    indexes: table?.indexes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}

/** Where tables differ from what the plugin declares, once it is switched on. */
export async function tablesUnlike(storage: Storage, { tables = [] }: Plugin): Promise<string[]> {
  const unlike: string[] = [];
  for (const table of tables) {
    const found = await findTable(storage, table.name);
    const difference = found && differenceOf(found, table, storage.dialect);
    if (!difference || !isSame(difference)) unlike.push(`${table.name}: ${JSON.stringify(difference)}`);
  }
  return unlike;
}
