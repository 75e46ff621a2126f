import { readdir, rm, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import type { Scope } from "../../hooks/scope.ts";
import { importById } from "./import-rows.ts";

const keptDays = 7;

/** The folder of files somebody uploaded to import them. */
export function importFolder(dataFolder: string): string {
  return join(dataFolder, "imports");
}

/** Removes the uploaded file of an import that has ended; one that only looked keeps it, and files elsewhere are not ours. */
export async function removeUpload(scope: Scope, importId: string, folder: string): Promise<void> {
  const one = await importById(scope, importId);
  if (!one || one.options.dryRun || one.state === "waiting" || one.state === "running") return;
  if (resolve(one.file).startsWith(resolve(folder) + sep)) await rm(one.file, { force: true });
}

/** Removes files uploaded more than seven days ago: nobody came back for them. */
export async function removeOldUploads(folder: string, now: Date): Promise<void> {
  const before = now.getTime() - keptDays * 86_400_000;
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const name of names) {
    const path = join(folder, name);
    const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null; // another process was faster
      throw error;
    });
    if (facts?.isFile() && facts.mtimeMs < before) await rm(path, { force: true });
  }
}
