import { createConnection } from "mysql2/promise";
import { join } from "node:path";
import { coreMigrations } from "../../migrations/index.ts";
import { ulid } from "../ids.ts";
import { coreTables } from "../schema.ts";
import type { Dialect } from "./columns.ts";
import { borrowDatabase } from "./ready-mysql.testing.ts";
import { copyReadyDatabase } from "./ready-sqlite.testing.ts";
import { Storage } from "./storage.ts";
import { testFolderOf } from "./test-folder.testing.ts";

/** Where tests find MariaDB; each takes databases of its own there. */
export const mysqlServer = process.env.ROOKERY_TEST_MYSQL ?? "mysql://root@127.0.0.1:3306";

type Teardown = { teardown(work: () => unknown): void };

// With CI=true a server that does not answer is a failure, so the tests are declared all the same.
const hasMysql =
  process.env.CI === "true" ||
  (await onServer("SELECT 1").then(
    () => true,
    () => false,
  ));

/** The engines every storage test runs on; without a MariaDB only SQLite (test/run.ts says so in one line). */
export const databases: readonly Dialect[] = hasMysql ? ["sqlite", "mysql"] : ["sqlite"];

/** A fresh, migrated database that goes away with the test. */
export async function openTestStorage(t: Teardown, dialect: Dialect = "sqlite"): Promise<Storage> {
  const url = await testDatabase(t, dialect);
  const storage = await Storage.open({ url, tables: coreTables, migrations: coreMigrations, isDurable: false });
  t.teardown(() => storage.close());
  return storage;
}

/** The address of a migrated database without a row that is the test's own until its end (after what was opened on it). */
export async function testDatabase(t: Teardown, dialect: Dialect): Promise<string> {
  if (dialect === "sqlite") {
    const path = join(testFolderOf(t), "rookery.db");
    await copyReadyDatabase(path);
    return `sqlite:${path}`;
  }
  const { url, giveBack } = await borrowDatabase(mysqlServer);
  t.teardown(giveBack);
  return url;
}

/** The address of a database without a table that goes away with the test, for whatever makes or breaks the tables of the core. */
export async function bareDatabase(t: Teardown, dialect: Dialect): Promise<string> {
  if (dialect === "sqlite") return `sqlite:${join(testFolderOf(t), "rookery.db")}`;
  const name = `rookery_bare_${ulid().toLowerCase()}`;
  await onServer(`CREATE DATABASE ${name}`);
  t.teardown(() => onServer(`DROP DATABASE ${name}`));
  return `${mysqlServer}/${name}`;
}

async function onServer(sql: string): Promise<void> {
  const connection = await createConnection({ uri: mysqlServer, connectTimeout: 30_000 });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
