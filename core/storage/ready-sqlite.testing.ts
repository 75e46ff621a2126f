import { copyFileSync, globSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { made, makeReady } from "./ready-made.testing.ts";
import { testFolder } from "./test-folder.testing.ts";

const day = 86_400_000;

/** Puts a migrated, empty SQLite database at a path. */
export async function copyReadyDatabase(path: string): Promise<void> {
  const original = join(testFolder, `rookery-ready-${made}.db`);
  for (let trial = 0; ; trial++) {
    try {
      return copyFileSync(original, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || trial === 2) throw error;
    }
    await makeOriginal(original);
  }
}

async function makeOriginal(original: string): Promise<void> {
  const folder = mkdtempSync(join(testFolder, "rookery-making-"));
  try {
    const path = join(folder, "rookery.db");
    await makeReady(`sqlite:${path}`);
    renameSync(path, original);
    for (const old of globSync("rookery-ready-*.db", { cwd: testFolder }).map((name) => join(testFolder, name)))
      if (Date.now() - (statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > day) rmSync(old, { force: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
