import { createConnection } from "mysql2/promise";
import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coreMigrations } from "../../migrations/index.ts";
import { ulid } from "../ids.ts";
import { coreTables } from "../schema.ts";
import type { Dialect } from "./columns.ts";
import { migrate } from "./migrate.ts";
import { Storage } from "./storage.ts";

/** Where tests find MariaDB; each takes databases of its own there. */
export const mysqlServer = process.env.ROOKERY_TEST_MYSQL ?? "mysql://root@127.0.0.1:3306";

/** Where databases of tests lie: in memory where the machine has room there, for a disk makes every commit wait. */
export const testFolder = hasRoom("/dev/shm") ? "/dev/shm" : tmpdir();

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
  await migrate(storage);
  return storage;
}

/** The address of an empty database that goes away with the test (after what was opened on it). */
export async function testDatabase(t: Teardown, dialect: Dialect): Promise<string> {
  if (dialect === "sqlite") {
    const folder = mkdtempSync(join(testFolder, "rookery-test-"));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    return `sqlite:${join(folder, "rookery.db")}`;
  }
  const name = `rookery_test_${ulid().toLowerCase()}`;
  await onServer(`CREATE DATABASE ${name}`);
  t.teardown(() => onServer(`DROP DATABASE ${name}`));
  return `${mysqlServer}/${name}`;
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 1_000_000_000;
  } catch {
    return false;
  }
}

async function onServer(sql: string): Promise<void> {
  const connection = await createConnection({ uri: mysqlServer, connectTimeout: 30_000 });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
