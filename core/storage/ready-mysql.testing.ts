import { createConnection, type Connection } from "mysql2/promise";
import { coreMigrations } from "../../migrations/index.ts";
import { coreTables } from "../schema.ts";
import { made, makeReady } from "./ready-made.testing.ts";

/**
 * Lends a migrated, empty database on a MariaDB server. It is the borrower's until `giveBack`, or until its process ends, however it ends: a
 * lock of the connection keeps the others away.
 */
export async function borrowDatabase(server: string): Promise<{ readonly url: string; giveBack(): Promise<void> }> {
  const connection = await createConnection({ uri: server, connectTimeout: 30_000, multipleStatements: true });
  try {
    const name = await firstFree(connection);
    const url = `${server}/${name}`;
    await connection.query(`CREATE DATABASE IF NOT EXISTS ${name}`);
    await empty(connection, name);
    if (!(await isMigrated(connection, name))) await makeReady(url);
    return { url, giveBack: () => connection.end() };
  } catch (error) {
    await connection.end();
    throw error;
  }
}

async function firstFree(connection: Connection): Promise<string> {
  for (let number = 1; number <= 300; number++) {
    const name = `rookery_test_${made}_${number}`;
    const [row] = await rows(connection, "SELECT GET_LOCK(?, 0) AS got", [name]);
    if (Number(row?.got) === 1) return name;
  }
  throw new Error("All test databases are taken: is something left running?");
}

// What its last borrower left: connections of processes that were killed, tables of plugins, rows, numbers given.
async function empty(connection: Connection, name: string): Promise<void> {
  for (const { id } of await rows(connection, "SELECT id FROM information_schema.processlist WHERE db = ?", [name]))
    await connection.query(`KILL ${Number(id)}`).catch(() => undefined);
  const found = await rows(
    connection,
    "SELECT table_name AS name, auto_increment AS next FROM information_schema.tables WHERE table_schema = ?",
    [name],
  );
  const core = new Set(coreTables.map((table) => table.name));
  const own = found.filter(({ name: table }) => core.has(String(table)));
  const foreign = found.filter(({ name: table }) => !core.has(String(table)) && table !== "migrations");
  await connection.query(
    [
      "SET foreign_key_checks = 0",
      ...foreign.map(({ name: table }) => `DROP TABLE ${name}.\`${table}\``),
      ...own.map(({ name: table }) => `DELETE FROM ${name}.\`${table}\``),
      ...own.filter(({ next }) => Number(next ?? 1) > 1).map(({ name: table }) => `TRUNCATE ${name}.\`${table}\``),
    ].join("; "),
  );
}

async function isMigrated(connection: Connection, name: string): Promise<boolean> {
  const done = await rows(connection, `SELECT name FROM ${name}.migrations`).catch(() => []);
  return done.length === coreMigrations.length;
}

async function rows(connection: Connection, sql: string, values: readonly string[] = []) {
  return (await connection.query(sql, [...values]))[0] as Record<string, string | number | null>[];
}
