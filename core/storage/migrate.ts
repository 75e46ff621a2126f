import { existsSync } from "node:fs";
import type { QueryRunner } from "typeorm";
import { PublicError } from "../errors.ts";
import { dialectOf } from "./open-source.ts";
import { toTable, type Column, type TableShape } from "./columns.ts";
import type { Storage } from "./storage.ts";

/** Creates tables that are not there yet, so a migration cut off half-way simply runs again. */
export async function createTables(runner: QueryRunner, tables: readonly TableShape[]): Promise<void> {
  const dialect = runner.dataSource.options.type === "mariadb" ? "mysql" : "sqlite";
  for (const table of tables) await runner.createTable(toTable(table, dialect), true);
}

/** Adds columns that may be empty to a table, those that are not there yet; no row is written anew. */
export async function addColumn(runner: QueryRunner, table: string, columns: Readonly<Record<string, Column>>): Promise<void> {
  const dialect = runner.dataSource.options.type === "mariadb" ? "mysql" : "sqlite";
  for (const column of toTable({ name: table, columns }, dialect).columns) {
    if (await runner.hasColumn(table, column.name)) continue;
    if (dialect === "mysql") await runner.addColumn(table, column);
    // TypeORM would copy the whole table for it.
    else
      await runner.query(
        `ALTER TABLE \`${table}\` ADD COLUMN \`${column.name}\` ${runner.dataSource.driver.createFullType(column)}`,
      );
  }
}

/** Adds columns (and the indexes named) that a table does not have yet; a migration cut off half-way simply runs again. */
export async function addColumns(runner: QueryRunner, shape: TableShape): Promise<void> {
  const dialect = runner.dataSource.options.type === "mariadb" ? "mysql" : "sqlite";
  const wanted = toTable(shape, dialect);
  for (const column of wanted.columns)
    if (!(await runner.hasColumn(shape.name, column.name))) await runner.addColumn(shape.name, column);
  const there = await runner.getTable(shape.name);
  for (const index of wanted.indices)
    if (!there?.indices.some(({ name }) => name === index.name)) await runner.createIndex(shape.name, index);
}

/** Names of the migrations that are still to run, in order. Throws when the database is newer than this program. */
export async function pendingMigrations(storage: Storage): Promise<string[]> {
  const known = storage.source.migrations.map((migration) => migration.name ?? migration.constructor.name);
  const runner = storage.source.createQueryRunner();
  const hasTable = await runner.hasTable("migrations");
  const done = hasTable ? ((await runner.query("SELECT name FROM migrations")) as { name: string }[]).map((row) => row.name) : [];
  if (storage.dialect === "mysql") await runner.release();
  const unknown = done.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new PublicError(
      "storage.newer",
      `This database was made by a newer Rookery (it knows ${unknown.join(", ")}). Start that version, or restore a backup made by this one.`,
    );
  }
  return known.filter((name) => !done.includes(name));
}

/** Brings the schema up to date; one process at a time does it, the others wait. Gives the names of what ran. */
export async function migrate(storage: Storage): Promise<string[]> {
  if ((await pendingMigrations(storage)).length === 0) return [];
  if (storage.dialect === "sqlite") return (await storage.source.runMigrations({ transaction: "each" })).map((m) => m.name);
  return alone(storage, 60, async () => (await storage.source.runMigrations({ transaction: "none" })).map((m) => m.name));
}

/**
 * Does work while no other process on the same MariaDB or MySQL changes tables: each change is there at once, so no transaction
 * keeps them apart. A PublicError when another one does not come to its end within `seconds`. On SQLite writes wait for each other anyway.
 */
export async function alone<T>(storage: Storage, seconds: number, work: () => Promise<T>): Promise<T> {
  if (storage.dialect === "sqlite") return work();
  const lock = storage.source.createQueryRunner();
  try {
    const [row] = (await lock.query("SELECT GET_LOCK(CONCAT('rookery-migrate-', MD5(DATABASE())), ?) AS got", [seconds])) as {
      got: unknown;
    }[];
    if (Number(row?.got) !== 1)
      throw new PublicError("storage.busy", "Another process is changing the database's tables: try again when it is done.", 409);
    try {
      return await work();
    } finally {
      await lock.query("SELECT RELEASE_LOCK(CONCAT('rookery-migrate-', MD5(DATABASE())))");
    }
  } finally {
    await lock.release();
  }
}

/** True when nothing was ever stored at this address (the SQLite file does not exist). */
export function isFresh(url: string): boolean {
  return dialectOf(url) === "sqlite" && !existsSync(url.slice("sqlite:".length));
}
