import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { stamp } from "../clock.ts";
import type { Scope } from "../hooks/scope.ts";
import { enqueue } from "../jobs/enqueue.ts";
import type { Settings } from "../settings/settings.ts";
import { upsert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { writeBackup } from "./write-backup.ts";

/** The job that backs the installation up into its own data folder. */
export const backupJob = "back-up";

/** How many of these backups are kept. */
export const backupsKept = 3;

/** A backup in the data folder. */
export type KeptBackup = { readonly name: string; readonly madeAt: string; readonly bytes: number };

const lastName = "backup.last";
const pattern = /^rookery-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.tar$/;

/** Where these backups lie in the data folder. */
export function backupFolder(dataFolder: string): string {
  return join(dataFolder, "backups");
}

/** Backups in the data folder of this machine, the newest first. */
export async function keptBackups(dataFolder: string): Promise<readonly KeptBackup[]> {
  const folder = backupFolder(dataFolder);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const found = names
    .filter((name) => pattern.test(name))
    .toSorted()
    .toReversed();
  const facts = found.map(async (name) => ({ name, madeAt: timeOf(name), bytes: (await stat(join(folder, name))).size }));
  return Promise.all(facts);
}

/** Path of one of them; null for a name that none can have. */
export function backupPath(dataFolder: string, name: string): string | null {
  return pattern.test(name) ? join(backupFolder(dataFolder), name) : null;
}

/** Asks for a backup, made by a job; while one waits it is that one. */
export async function askForBackup(scope: Scope, db: Transaction): Promise<void> {
  const now = scope.clock.now();
  await enqueue(db, { pluginId: "core", name: backupJob, blogId: null, data: {}, runAt: now, key: backupJob, attempts: 2 });
}

/** How the work on backups stands: none waits, one is being made, or (with its sentence) the last one could not be made. */
export type BackupWork = { readonly state: "none" | "waiting" } | { readonly state: "failed"; readonly why: string };

/** What is being done about backups now. */
export async function backupWork(storage: Pick<Storage, "query">): Promise<BackupWork> {
  const sql = "SELECT state, attempts, last_error FROM jobs WHERE plugin_id = 'core' AND name = ? ORDER BY id DESC LIMIT 5";
  const rows = await storage.query<{ state: string; attempts: number; last_error: string }>(sql, [backupJob]);
  if (rows.some(({ state }) => state === "waiting" || state === "running")) return { state: "waiting" };
  return rows[0]?.state === "dead" ? { state: "failed", why: rows[0].last_error } : { state: "none" };
}

/** Writes a backup into the data folder, then lets go of all but the newest. */
export async function makeBackup(scope: Scope, settings: Settings): Promise<void> {
  const folder = backupFolder(settings.dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stampOf = scope.clock.now().toISOString().slice(0, 19).replaceAll(":", "-");
  const source = { settings, storage: scope.storage, clock: scope.clock };
  await writeBackup(source, join(folder, `rookery-${stampOf}Z.tar`), () => undefined);
  const old = (await keptBackups(settings.dataFolder)).slice(backupsKept);
  for (const { name } of old) await rm(join(folder, name), { force: true });
  await noteBackup(scope.storage, scope.clock.now());
  await removeHalfWritten(folder, scope.clock.now());
  await scope.storage.write((db) =>
    db.run("DELETE FROM jobs WHERE plugin_id = 'core' AND name = ? AND state = 'dead'", [backupJob]),
  );
}

// What a process that was killed had half written; one of today may be another worker's.
async function removeHalfWritten(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".part")) continue;
    const facts = await stat(join(folder, name)).catch(() => null);
    if (facts && now.getTime() - facts.mtimeMs > 86_400_000) await rm(join(folder, name), { force: true });
  }
}

/** Notes that a backup was made, here or by a command; in a transaction of its own, after it is whole. */
export async function noteBackup(storage: Pick<Storage, "write">, now: Date): Promise<void> {
  const row = { name: lastName, value: JSON.stringify(stamp(now)), updated_at: stamp(now) };
  await storage.write((db) => upsert(db, "site_settings", row, ["name"]));
}

/** When the last backup was made that Rookery knows of; null for none. */
export async function lastBackup(storage: Pick<Storage, "query">): Promise<string | null> {
  const [row] = await storage.query("SELECT value FROM site_settings WHERE name = ?", [lastName]);
  const at: unknown = row && JSON.parse(String(row.value));
  return typeof at === "string" ? at : null;
}

function timeOf(name: string): string {
  const [day, time] = pattern.exec(name)![1]!.split("T");
  return `${day}T${time!.replaceAll("-", ":").replace("Z", ".000Z")}`;
}
