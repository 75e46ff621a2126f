import { hash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { randomName } from "../../ids.ts";

/** Where pictures of other sites are kept: copies that can be had again, so they are in no backup. */
export const foreignFolder = (dataFolder: string): string => join(dataFolder, "foreign");

const [keptDays, mostBytes, day, hour] = [30, 500_000_000, 86_400_000, 3_600_000] as const;
const sweepAfter = 50_000_000;

/** Pictures of other sites in a folder of this machine: 30 days each, 500 MB in all. */
export class KeptPictures {
  readonly #folder: string;
  readonly #now: () => Date;
  #unswept = 0;

  constructor(folder: string, now: () => Date) {
    this.#folder = folder;
    this.#now = now;
  }

  /** The bytes kept under a name; null when there are none. */
  async read(name: string): Promise<Uint8Array | null> {
    return readFile(this.#path(name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
  }

  /** Keeps bytes. Whole or not at all; after a loss of power they may be gone, which costs one more fetch. */
  async keep(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(name);
    await mkdir(dirname(path), { recursive: true });
    const draft = join(dirname(path), `.${randomName()}`);
    const now = this.#now();
    const file = await open(draft, "wx", 0o640);
    try {
      await file.writeFile(bytes);
      await file.utimes(now, now);
    } finally {
      await file.close();
    }
    await rename(draft, path);
    this.#unswept += bytes.byteLength;
    // Housekeeping runs on one machine; each that keeps pictures bounds its own folder.
    if (this.#unswept >= sweepAfter) await this.sweep();
  }

  /** Removes what does not hold what it should. */
  async drop(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  /** Throws away what is older than 30 days, then the oldest until the rest is small enough. */
  async sweep(): Promise<void> {
    this.#unswept = 0;
    await sweepForeign(this.#folder, this.#now());
  }

  #path(name: string): string {
    const coded = hash("sha256", name);
    return join(this.#folder, coded.slice(0, 2), coded);
  }
}

/** The same for housekeeping; `most` is how many bytes may stay. */
export async function sweepForeign(folder: string, now: Date, most: number = mostBytes): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const files: { path: string; at: number; bytes: number }[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(() => null); // swept by another process
    const age = now.getTime() - (found?.mtimeMs ?? 0);
    if (!found || age > keptDays * day || (entry.name.startsWith(".") && age > hour)) await rm(path, { force: true });
    else files.push({ path, at: found.mtimeMs, bytes: found.size });
  }
  let left = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes } of files.toSorted((a, b) => a.at - b.at)) {
    if (left <= most) break;
    await rm(path, { force: true });
    left -= bytes;
  }
}
