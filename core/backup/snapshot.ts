import { createConnection } from "mysql2";
import { DatabaseSync } from "node:sqlite";
import { dialectOf } from "../storage/open-source.ts";
import type { Row } from "../storage/storage.ts";

/** The whole database as it was at one moment, whatever is written meanwhile. */
export type Snapshot = {
  rows(table: string): AsyncIterable<Row> | Iterable<Row>;
  close(): Promise<void>;
};

/** Opens a reading connection of its own and holds its view of the database still. */
export async function openSnapshot(url: string): Promise<Snapshot> {
  return dialectOf(url) === "sqlite" ? sqliteSnapshot(url.slice("sqlite:".length)) : mysqlSnapshot(url);
}

function sqliteSnapshot(path: string): Snapshot {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  database.exec("BEGIN");
  // SQLite takes its view at the first read, not at BEGIN.
  database.prepare("SELECT count(*) FROM sqlite_master").get();
  return {
    rows: (table) => database.prepare(`SELECT * FROM ${quoted(table)}`).iterate() as Iterable<Row>,
    close: async () => database.close(),
  };
}

async function mysqlSnapshot(url: string): Promise<Snapshot> {
  const connection = createConnection({ uri: url, charset: "utf8mb4", connectTimeout: 5000 });
  const ready = connection.promise();
  await ready.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  await ready.query("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  return {
    rows: (table) => connection.query(`SELECT * FROM ${quoted(table)}`).stream() as AsyncIterable<Row>,
    close: () => ready.end(),
  };
}

function quoted(table: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(table)) throw new Error(`“${table}” is not a table name`);
  return `\`${table}\``;
}
