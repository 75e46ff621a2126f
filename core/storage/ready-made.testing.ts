import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { coreMigrations } from "../../migrations/index.ts";
import { coreTables } from "../schema.ts";
import { migrate } from "./migrate.ts";
import { Storage } from "./storage.ts";

// Migrating an empty database takes longer than most tests, and each wants one of its own. So one is migrated, and the others are
// copies of it (SQLite, `copyReadyDatabase`), or it is emptied and lent to the next test (MariaDB, `borrowDatabase`).

/** Names what the tables are made from: with other migrations other databases are ready. */
export const made = fingerprint();

/** Brings the database at an address up to date. */
export async function makeReady(url: string): Promise<void> {
  const storage = await Storage.open({ url, tables: coreTables, migrations: coreMigrations, isDurable: false });
  try {
    await migrate(storage);
  } finally {
    await storage.close();
  }
}

function fingerprint(): string {
  const migrations = new URL("../../migrations/", import.meta.url);
  const hash = createHash("sha256").update(JSON.stringify(coreTables));
  for (const name of readdirSync(migrations).toSorted()) hash.update(readFileSync(new URL(name, migrations)));
  for (const name of ["columns.ts", "migrate.ts", "alter-tables.ts"]) hash.update(readFileSync(new URL(name, import.meta.url)));
  return hash.digest("hex").slice(0, 10);
}
