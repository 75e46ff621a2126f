import { PublicError, sentenceOf } from "../../errors.ts";
import { addMissing, agreeIndexes, dropColumn, dropTable, renameColumn, renameTable } from "../../storage/alter-tables.ts";
import { findTable } from "../../storage/found-tables.ts";
import type { Storage } from "../../storage/storage.ts";
import { isStorageAway } from "../../storage/storage-trouble.ts";
import { differenceOf, isSame, UnfitTables } from "../../storage/table-difference.ts";
import type { Plugin } from "../manifest.ts";
import { ownTables } from "../own-tables.ts";
import { tablesOf } from "../plugin-data.ts";
import { historyOf, type Shapes, type Stage } from "./shape-history.ts";
import { isOlder } from "./upgrade.ts";
import { isCurrent, lastStep, recordedTables, recordShape, recordStep, shapeRecords } from "./shape-records.ts";

/**
 * Makes a plugin's tables what it declares: anew, or from any older version of them, also where somebody was cut off. A PublicError
 * says in a sentence what only its author can put right; on SQLite nothing is changed then. Only one process may be at it (`alone`). `ran` is the version that ran here last.
 */
export async function bringUpTables(storage: Storage, plugin: Plugin, now: Date, ran = plugin.version): Promise<void> {
  // SQLite's changes of tables are part of a transaction. MariaDB's are not: each looks first what is there already.
  const work = () => bringUp(storage, plugin, now, isOlder(plugin.version, ran));
  await (storage.dialect === "sqlite" ? storage.write(work) : work()).catch((error: unknown) => {
    if (error instanceof PublicError || isStorageAway(error)) throw error;
    const about = { id: plugin.id, why: sentenceOf(error).split("\n")[0]! };
    if (error instanceof UnfitTables)
      throw new PublicError("plugin.unfit", `“${about.id}” does not fit the tables it has here: ${about.why}`, 409, about);
    throw new PublicError(
      "plugin.tables",
      `The tables of “${about.id}” could not be brought up to date: ${about.why}`,
      409,
      about,
    );
  });
}

async function bringUp(storage: Storage, plugin: Plugin, now: Date, isBehind: boolean): Promise<void> {
  const record = (await shapeRecords(storage)).get(plugin.id);
  if (isCurrent(plugin, record)) return;
  if (record && !record.isErased && (isBehind || record.step > lastStep(plugin)))
    throw new PublicError(
      "plugin.older",
      `A newer version of “${plugin.id}” ran here and changed its tables; ${plugin.version} does not know them. Put the newer one back, or restore a backup made before.`,
      409,
      { id: plugin.id, version: plugin.version },
    );
  await refuseOthers(storage, plugin);
  if (record?.isErased) for (const table of await tablesOf(storage, plugin.id)) await dropTable(storage, table);
  const { first, stages } = historyOf(plugin);
  const declared: Shapes = new Map((plugin.tables ?? []).map((table) => [table.name, table]));
  // Tables of which nothing is written down are older than what is written down.
  const names = [...first.keys(), ...declared.keys()];
  const isThere = record ? !record.isErased : (await tablesOf(storage, plugin.id)).some((name) => names.includes(name));
  const from = record && isThere ? record.step : isThere ? 0 : lastStep(plugin);
  // Written first: whoever goes on after a crash knows where it began.
  if (!record || record.isErased) await storage.write((db) => recordShape(db, plugin, { step: from, isDone: false, now }));
  if (isThere) await change(storage, plugin, { declared, stages, from, now });
  else await agree(storage, declared);
  await storage.write((db) => recordShape(db, plugin, { step: lastStep(plugin), isDone: true, now }));
}

type Way = { readonly declared: Shapes; readonly stages: readonly Stage[]; readonly from: number; readonly now: Date };

async function change(storage: Storage, plugin: Plugin, { declared, stages, from, now }: Way): Promise<void> {
  const cutOff = stages.find(({ migration }) => migration.number === from);
  if (cutOff) await drop(storage, cutOff);
  for (const stage of stages.filter(({ migration }) => migration.number > from)) await take(storage, plugin, stage, now);
  await agree(storage, declared);
  for (const table of declared.values()) await agreeIndexes(storage, table);
  await verify(storage, plugin, declared);
}

async function take(storage: Storage, plugin: Plugin, stage: Stage, now: Date): Promise<void> {
  const { number, run } = stage.migration;
  try {
    for (const { table, from, to } of stage.columnNames) await renameColumn(storage, table, from, to);
    for (const { from, to } of stage.tableNames) await renameTable(storage, from, to);
    await agree(storage, stage.during);
    await storage.write(async (db) => {
      await run?.(rowsOf(storage, plugin));
      await recordStep(db, plugin.id, number, now);
    });
    await drop(storage, stage);
  } catch (error) {
    if (isStorageAway(error) || error instanceof UnfitTables) throw error;
    throw new Error(`migration ${number}: ${sentenceOf(error)}`, { cause: error });
  }
}

async function agree(storage: Storage, shapes: Shapes): Promise<void> {
  for (const table of shapes.values()) await addMissing(storage, table);
}

async function drop(storage: Storage, { migration, after }: Stage): Promise<void> {
  for (const [table, columns] of Object.entries(migration.dropColumns ?? {}))
    for (const column of Object.keys(columns)) if (after.has(table)) await dropColumn(storage, table, column);
  for (const { name } of migration.dropTables ?? []) await dropTable(storage, name);
}

// What came of it is looked at, not believed: an upgraded installation has the same tables as a fresh one.
async function verify(storage: Storage, plugin: Plugin, declared: Shapes): Promise<void> {
  const extra = (await tablesOf(storage, plugin.id)).find((name) => !declared.has(name));
  if (extra) throw new UnfitTables(`The table “${extra}” is declared no more: a migration renames or drops it.`);
  for (const table of declared.values()) {
    const found = await findTable(storage, table.name);
    const difference = found && differenceOf(found, table, storage.dialect);
    if (!difference || !isSame(difference))
      throw new Error(difference?.problems[0] ?? `The table “${table.name}” did not become what is declared.`);
  }
}

// `p_a_b_c` could be table b_c of plugin a, or c of a-b.
async function refuseOthers(storage: Storage, plugin: Plugin): Promise<void> {
  for (const [id, tables] of await recordedTables(storage)) {
    const taken = id !== plugin.id && tables.find(({ name }) => plugin.tables?.some((own) => own.name === name));
    if (taken) throw new Error(`The table “${taken.name}” is the plugin “${id}”'s: give yours another name.`);
  }
}

function rowsOf(storage: Storage, plugin: Plugin) {
  const { query, run } = ownTables(storage, plugin);
  const check = (sql: string) => {
    if (!/^\s*(select|insert|update|delete|replace|with)\b/i.test(sql))
      throw new Error("A migration's run changes rows only; new names and what is dropped are said beside it.");
  };
  return {
    query: async <R>(sql: string, values?: readonly (string | number | null)[]) => (check(sql), query<R>(sql, values)),
    run: async (sql: string, values?: readonly (string | number | null)[]) => (check(sql), run(sql, values)),
  };
}
