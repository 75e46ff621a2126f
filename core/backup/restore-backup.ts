import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { coreMigrations } from "../../migrations/index.ts";
import { PublicError } from "../errors.ts";
import { coreTables } from "../schema.ts";
import { lockDataFolder } from "../settings/data-folder.ts";
import { secretFile, writeSecret } from "../settings/secret.ts";
import type { Settings } from "../settings/settings.ts";
import type { TableShape } from "../storage/columns.ts";
import { createTables, migrate } from "../storage/migrate.ts";
import { insert, type Values } from "../storage/rows.ts";
import { Storage } from "../storage/storage.ts";
import { databaseTrouble } from "../storage/database-trouble.ts";
import { Digest, lineOf } from "./digest.ts";
import { savedFolders, type Manifest } from "./manifest.ts";
import { openSnapshot } from "./snapshot.ts";
import { eachEntry, textOf, verifyBackup } from "./verify-backup.ts";

/**
 * Makes the installation of a backup in an empty data folder and database, and compares counts and hashes with it. When it
 * fails, what it made is removed again. A PublicError when Rookery runs there or something is there already.
 */
export async function restoreBackup(settings: Settings, file: string, step: (text: string) => void): Promise<Manifest> {
  if (!existsSync(file))
    throw new PublicError("backup.missing", `There is no file ${file}: name a backup made by rookery backup.`);
  step("Checking the backup …");
  const manifest = await verifyBackup(file);
  const lock = lockDataFolder(settings.dataFolder, "start");
  try {
    refuseFilledFolder(settings);
    await refuseFilledDatabase(settings.databaseUrl);
    try {
      await fill(settings, manifest, file, step);
      step("Comparing …");
      await compareTables(settings.databaseUrl, manifest);
    } catch (error) {
      await undo(settings);
      throw error;
    }
    await bringUpToDate(settings.databaseUrl);
    return manifest;
  } finally {
    lock.release();
  }
}

function refuseFilledFolder({ dataFolder }: Settings): void {
  const isFilled = (folder: string) => readdirSync(join(dataFolder, folder)).length > 0;
  const filled = existsSync(secretFile(dataFolder)) ? "a secret" : savedFolders.find(isFilled);
  if (filled) {
    throw new PublicError(
      "restore.not-empty",
      `The data folder ${dataFolder} already holds an installation (${filled}): restore into an empty one, set ROOKERY_DATA to it.`,
    );
  }
}

async function refuseFilledDatabase(url: string): Promise<void> {
  if (url.startsWith("sqlite:") && !existsSync(url.slice("sqlite:".length))) return;
  const storage = await open(url, []);
  try {
    if ((await tablesIn(storage)).length === 0) return;
  } finally {
    await storage.close();
  }
  throw new PublicError(
    "restore.not-empty",
    "The database already holds tables: restore into an empty one, set DATABASE_URL to it.",
  );
}

async function open(url: string, migrations: typeof coreMigrations): Promise<Storage> {
  return Storage.open({ url, tables: coreTables, migrations }).catch((error) => {
    throw databaseTrouble(url, error);
  });
}

async function tablesIn(storage: Storage): Promise<string[]> {
  const sql =
    storage.dialect === "sqlite"
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
      : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()";
  return (await storage.query<{ name: string }>(sql)).map((row) => row.name);
}

async function fill(settings: Settings, manifest: Manifest, file: string, step: (text: string) => void): Promise<void> {
  const known = coreMigrations.filter((one) => manifest.migrations.includes(new one().name));
  if (known.length < manifest.migrations.length) {
    throw new PublicError("restore.newer", "This backup was made by a newer Rookery: restore it with that version.");
  }
  // The tables as they were when the backup was made; later migrations then change the rows as they would have.
  const storage = await open(settings.databaseUrl, known);
  try {
    await migrate(storage);
    await makeOtherTables(storage, manifest.tables);
    await eachEntry(file, (path, content) => {
      step(`Restoring ${path} …`);
      return takeEntry({ storage, settings, manifest }, path, content);
    });
  } finally {
    await storage.close();
  }
}

async function makeOtherTables(storage: Storage, tables: readonly TableShape[]): Promise<void> {
  const there = await tablesIn(storage);
  const runner = storage.source.createQueryRunner();
  const missing = tables.filter((table) => !there.includes(table.name));
  await createTables(runner, missing);
  if (storage.dialect === "mysql") await runner.release();
}

type Target = { readonly storage: Storage; readonly settings: Settings; readonly manifest: Manifest };

async function takeEntry({ storage, settings, manifest }: Target, path: string, content: Readable): Promise<void> {
  if (path === "manifest.json") return;
  if (path === "secret") return takeSecret(settings, (await textOf(content)).trim());
  const table = /^tables\/([a-z0-9_]+)\/\d+\.jsonl$/.exec(path)?.[1];
  if (table !== undefined)
    return loadRows(
      storage,
      manifest.tables.find((shape) => shape.name === table)!,
      await textOf(content),
    );
  const target = resolve(settings.dataFolder, path);
  const isOurs = savedFolders.some((folder) => target.startsWith(join(settings.dataFolder, folder) + sep));
  if (!isOurs)
    throw new PublicError("restore.path", `The backup holds a file outside the data folder (${path}): it is not one of ours.`);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  await pipeline(content, createWriteStream(target, { mode: 0o600, flags: "wx" }));
}

function takeSecret(settings: Settings, secret: string): void {
  if (settings.secret === null) return writeSecret(settings.dataFolder, secret);
  if (settings.secret !== secret) {
    throw new PublicError(
      "restore.secret",
      "ROOKERY_SECRET differs from the backup's secret, so sealed values could not be opened: unset it, or set it to the one the installation had.",
    );
  }
}

async function loadRows(storage: Storage, shape: TableShape, text: string): Promise<void> {
  const names = Object.keys(shape.columns);
  const rows = text.split("\n").map((line) => {
    const values = JSON.parse(line) as Values[string][];
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]));
  });
  await storage.write((db) => insert(db, shape.name, rows));
}

async function compareTables(url: string, manifest: Manifest): Promise<void> {
  const snapshot = await openSnapshot(url);
  try {
    for (const table of manifest.tables) {
      const digest = new Digest();
      for await (const row of snapshot.rows(table.name)) digest.add(lineOf(table, row));
      const { rows, sha256 } = digest.result();
      if (rows === table.digest.rows && sha256 === table.digest.sha256) continue;
      throw new Error(`The table ${table.name} did not come back as it was (${rows} of ${table.digest.rows} rows)`);
    }
  } finally {
    await snapshot.close();
  }
}

async function undo({ databaseUrl, dataFolder }: Settings): Promise<void> {
  rmSync(secretFile(dataFolder), { force: true });
  for (const folder of savedFolders) {
    for (const name of readdirSync(join(dataFolder, folder))) rmSync(join(dataFolder, folder, name), { recursive: true });
  }
  if (databaseUrl.startsWith("sqlite:")) {
    for (const end of ["", "-wal", "-shm"]) rmSync(databaseUrl.slice("sqlite:".length) + end, { force: true });
    return;
  }
  const storage = await open(databaseUrl, []);
  const runner = storage.source.createQueryRunner();
  for (const table of await tablesIn(storage)) await runner.dropTable(table, true);
  await runner.release();
  await storage.close();
}

async function bringUpToDate(url: string): Promise<void> {
  const storage = await open(url, coreMigrations);
  await migrate(storage);
  await storage.close();
}
