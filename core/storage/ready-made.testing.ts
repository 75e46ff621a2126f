import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
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
  const sources = ["../../migrations/*.ts", "columns.ts", "migrate.ts", "alter-tables.ts"].flatMap((pattern) =>
    globSync(fileURLToPath(new URL(pattern, import.meta.url))).toSorted(),
  );
  const hash = createHash("sha256").update(JSON.stringify(coreTables));
  for (const path of sources) hash.update(readFileSync(path));
  return hash.digest("hex").slice(0, 10);
}
