import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
import { randomName } from "../ids.ts";

/** Where the bytes of media lie, by name; names are made by us. */
export interface MediaStore {
  /** Stores bytes durably before it answers. */
  put(name: string, bytes: Uint8Array, type: string): Promise<void>;
  /** Stores a file's bytes durably, without all of them being in memory. */
  putFile(name: string, path: string, type: string): Promise<void>;
  /** A stream of the bytes (or of a part, both ends included), or null when there is no such file. */
  read(name: string, range?: { from: number; until: number }): Promise<Readable | null>;
  remove(name: string): Promise<void>;
  /** Every name with its size in bytes, for backups. */
  list(): AsyncIterable<{ name: string; bytes: number }>;
  /** Throws with a sentence when the store does not answer. */
  check(): Promise<void>;
}

/** Media in a folder of this machine. */
export class FolderStore implements MediaStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = resolve(root);
  }

  put(name: string, bytes: Uint8Array): Promise<void> {
    return this.#fill(name, (file) => file.writeFile(bytes));
  }

  putFile(name: string, path: string): Promise<void> {
    return this.#fill(name, async (file) => {
      for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) await file.writeFile(piece);
    });
  }

  // Whole or not at all: a crash in the middle leaves only a temporary file, never half a photo under its name.
  async #fill(name: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
    const path = this.#path(name);
    await mkdir(dirname(path), { recursive: true });
    const temporary = join(dirname(path), `.${randomName()}`);
    const file = await open(temporary, "wx", 0o640);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  }

  async read(name: string, range?: { from: number; until: number }): Promise<Readable | null> {
    const path = this.#path(name);
    try {
      await stat(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
    return createReadStream(path, range && { start: range.from, end: range.until });
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  async *list(): AsyncIterable<{ name: string; bytes: number }> {
    const entries = await readdir(this.#root, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.startsWith(".")) continue;
      const path = join(entry.parentPath, entry.name);
      yield { name: path.slice(this.#root.length + 1).replaceAll(sep, "/"), bytes: (await stat(path)).size };
    }
  }

  async check(): Promise<void> {
    await mkdir(this.#root, { recursive: true });
    const probe = join(this.#root, `.${randomName()}`);
    await (await open(probe, "wx")).close();
    await rm(probe);
  }

  #path(name: string): string {
    const path = resolve(this.#root, name);
    if (!path.startsWith(this.#root + sep)) throw new Error(`“${name}” is not a name of this store`);
    return path;
  }
}
