import { accessSync, constants, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { PublicError } from "../errors.ts";
import { makeFolder } from "./make-folder.ts";

/** What a process does with a data folder; `start` is web and worker in one. */
export type Role = "start" | "web" | "worker";

/** A data folder held by this process; the hold ends with the process, however it ends. */
export type FolderLock = { release(): void };

const parts: Record<Role, readonly ("web" | "worker")[]> = { start: ["web", "worker"], web: ["web"], worker: ["worker"] };

/** Makes the data folder and what is in it; a PublicError when it cannot be written. */
export function prepareDataFolder(folder: string): void {
  try {
    makeFolder(folder, 0o700);
    if (!statSync(folder).isDirectory()) throw new Error("it is not a folder");
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const name of ["media", "plugins", "themes", "mail", "tmp"]) makeFolder(join(folder, name), 0o700);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Takes the folder for this process; a PublicError names the process that has it already. Commands that run briefly do not take it. */
export function lockDataFolder(folder: string, role: Role): FolderLock {
  prepareDataFolder(folder);
  const held: DatabaseSync[] = [];
  const release = () => held.splice(0).forEach((database) => database.close());
  for (const part of parts[role]) {
    const database = hold(folder, part);
    if (!database) {
      release();
      throw taken(folder, part);
    }
    held.push(database);
  }
  // Only for the sentence of a second start: the lock itself is the open transaction, which dies with the process.
  for (const part of parts[role]) writeFileSync(holderFile(folder, part), `${process.pid} rookery ${role}\n`);
  return { release };
}

function hold(folder: string, part: string): DatabaseSync | null {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, `lock-${part}.db`), { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if ((error as { errcode?: number }).errcode === 5) return null;
    throw unwritable(folder, error);
  }
}

function taken(folder: string, part: string): PublicError {
  const [pid = "?", ...name] = readHolder(folder, part).split(" ");
  return new PublicError(
    "settings.folder-in-use",
    `The data folder ${folder} is in use by ${name.join(" ") || "rookery"} (process ${pid}): stop that one, or set ROOKERY_DATA to another folder.`,
  );
}

const holderFile = (folder: string, part: string): string => join(folder, `lock-${part}.pid`);

function readHolder(folder: string, part: string): string {
  try {
    return readFileSync(holderFile(folder, part), "utf8").trim();
  } catch (error) {
    // The holder has the lock but has not written its name yet.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "?";
    throw error;
  }
}

function unwritable(folder: string, error: unknown): PublicError {
  const reason = (error as Error).message;
  return new PublicError(
    "settings.folder-unwritable",
    `The data folder ${folder} cannot be written (${reason}): give this user the right to, or set ROOKERY_DATA to another folder.`,
  );
}
