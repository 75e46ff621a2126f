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
    await endConnections(connection, name);
    if (await isMigrated(connection, name)) await empty(connection, name);
    else {
      if (name.endsWith("_1")) await dropOutdated(connection);
      await connection.query(`DROP DATABASE IF EXISTS ${name}; CREATE DATABASE ${name}`);
      await makeReady(url);
    }
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

// Of processes that were killed.
async function endConnections(connection: Connection, name: string): Promise<void> {
  for (const { id } of await rows(connection, "SELECT id FROM information_schema.processlist WHERE db = ?", [name]))
    await connection.query(`KILL ${Number(id)}`).catch(() => undefined);
}

// Made from migrations of another day, and nobody's now.
async function dropOutdated(connection: Connection): Promise<void> {
  const sql = "SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE 'rookery\\_test\\_%'";
  for (const { name } of await rows(connection, sql)) {
    if (String(name).startsWith(`rookery_test_${made}_`)) continue;
    const [row] = await rows(connection, "SELECT GET_LOCK(?, 0) AS got", [String(name)]);
    if (Number(row?.got) !== 1) continue;
    await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
    await connection.query("DO RELEASE_LOCK(?)", [String(name)]);
  }
}

// What its last borrower left: tables of plugins, rows, numbers given.
async function empty(connection: Connection, name: string): Promise<void> {
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

// A run that was cut off may have left half of it, and a test what it is about.
async function isMigrated(connection: Connection, name: string): Promise<boolean> {
  const done = await rows(connection, `SELECT name FROM ${name}.migrations ORDER BY id`).catch(() => []);
  return done.map((row) => row.name).join() === coreMigrations.map((one) => one.name).join();
}

async function rows(connection: Connection, sql: string, values: readonly string[] = []) {
  return (await connection.query(sql, [...values]))[0] as Record<string, string | number | null>[];
}
