import { defaultOf, nativeOf, toTable, type Column, type TableShape } from "./columns.ts";
import { findTable } from "./found-tables.ts";
import { createTables } from "./migrate.ts";
import type { Storage } from "./storage.ts";
import { differenceOf, UnfitTables } from "./table-difference.ts";

// Each of these looks first and does nothing when it is done already, so whoever was cut off begins again.

/** Makes a table, or adds the columns that it lacks and widens others. Throws, before anything is changed, what only a migration can do. */
export async function addMissing(storage: Storage, wanted: TableShape): Promise<void> {
  const found = await findTable(storage, wanted.name);
  if (!found) return makeTable(storage, wanted);
  const { problems, columns, wider } = differenceOf(found, wanted, storage.dialect);
  if (problems.length > 0) throw new UnfitTables(problems[0]);
  const clause = (name: string) => `COLUMN ${definition(storage, name, wanted.columns[name]!)}`;
  const additions = columns.map((name) => `ADD ${clause(name)}`);
  const table = `ALTER TABLE ${quoted(wanted.name)}`;
  // One statement: MariaDB may have to write a large table anew for it.
  const changes = [...additions, ...wider.map((name) => `MODIFY ${clause(name)}`)];
  if (storage.dialect === "mysql") return changes.length > 0 ? alter(storage, `${table} ${changes.join(", ")}`) : undefined;
  for (const addition of additions) await alter(storage, `${table} ${addition}`);
  if (wider.length > 0) await rebuild(storage, wanted);
}

/** Takes away the indexes of a table that are declared no more, and makes those that it lacks. */
export async function agreeIndexes(storage: Storage, wanted: TableShape): Promise<void> {
  const found = await findTable(storage, wanted.name);
  if (!found) return;
  const { oldIndexes, newIndexes } = differenceOf(found, wanted, storage.dialect);
  for (const name of oldIndexes) await dropIndex(storage, wanted.name, name);
  for (const { name, columns, unique } of wanted.indexes ?? []) {
    if (!newIndexes.includes(name)) continue;
    const list = columns.map(quoted).join(", ");
    await alter(storage, `CREATE ${unique ? "UNIQUE " : ""}INDEX ${quoted(name)} ON ${quoted(wanted.name)} (${list})`);
  }
}

/** Gives a table another name. */
export async function renameTable(storage: Storage, from: string, to: string): Promise<void> {
  const [source, target] = [await findTable(storage, from), await findTable(storage, to)];
  if (source && target) throw new Error(`“${from}” cannot become “${to}”: both are there.`);
  if (source) await alter(storage, `ALTER TABLE ${quoted(from)} RENAME TO ${quoted(to)}`);
}

/** Gives a column another name; its values and indexes go with it. */
export async function renameColumn(storage: Storage, table: string, from: string, to: string): Promise<void> {
  const columns = (await findTable(storage, table))?.columns;
  if (!columns?.has(from)) return;
  if (columns.has(to)) throw new Error(`The column “${from}” of “${table}” cannot become “${to}”: both are there.`);
  await alter(storage, `ALTER TABLE ${quoted(table)} RENAME COLUMN ${quoted(from)} TO ${quoted(to)}`);
}

/** Drops a column with the indexes it is in. */
export async function dropColumn(storage: Storage, table: string, column: string): Promise<void> {
  const found = await findTable(storage, table);
  if (!found?.columns.has(column)) return;
  for (const { name, columns } of found.indexes) if (columns.includes(column)) await dropIndex(storage, table, name);
  await alter(storage, `ALTER TABLE ${quoted(table)} DROP COLUMN ${quoted(column)}`);
}

/** Drops a table. */
export async function dropTable(storage: Storage, table: string): Promise<void> {
  if (await findTable(storage, table)) await alter(storage, `DROP TABLE ${quoted(table)}`);
}

async function makeTable(storage: Storage, wanted: TableShape): Promise<void> {
  const runner = storage.source.createQueryRunner();
  try {
    await createTables(runner, [wanted]);
  } finally {
    if (storage.dialect === "mysql") await runner.release();
  }
}

async function dropIndex(storage: Storage, table: string, name: string): Promise<void> {
  await alter(storage, `DROP INDEX ${quoted(name)}${storage.dialect === "mysql" ? ` ON ${quoted(table)}` : ""}`);
}

// SQLite cannot change a column: the rows move to a new table. Within the transaction, so nobody sees it half done.
async function rebuild(storage: Storage, wanted: TableShape): Promise<void> {
  const draft = `${wanted.name}__new`;
  const columns = Object.keys(wanted.columns).map(quoted).join(", ");
  const runner = storage.source.createQueryRunner();
  await dropTable(storage, draft);
  await runner.createTable(toTable({ ...wanted, name: draft, indexes: [] }, "sqlite"));
  await alter(storage, `INSERT INTO ${quoted(draft)} (${columns}) SELECT ${columns} FROM ${quoted(wanted.name)}`);
  await dropTable(storage, wanted.name);
  await alter(storage, `ALTER TABLE ${quoted(draft)} RENAME TO ${quoted(wanted.name)}`);
}

function definition({ dialect }: Storage, name: string, column: Column): string {
  const { type, length, charset, collation } = nativeOf(column, dialect);
  const letters = charset ? ` CHARACTER SET ${charset} COLLATE ${collation}` : "";
  const initial = column.default === undefined ? "" : ` DEFAULT ${defaultOf(column)}`;
  return `${quoted(name)} ${type}${length ? `(${length})` : ""}${letters} ${column.nullable ? "NULL" : "NOT NULL"}${initial}`;
}

// On SQLite the one writing connection: inside `write` this is part of its transaction.
async function alter(storage: Storage, sql: string): Promise<void> {
  await storage.source.query(sql);
}

// Names come from plugins' manifests.
function quoted(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) throw new Error(`“${name}” is not a name of a table, column or index.`);
  return `\`${name}\``;
}
