import type { ZipFile } from "../../net/zip-file.ts";
import type { ExportedPerson, ExportFile, Keeper } from "./export-file.ts";
import { FileNames } from "./file-name.ts";
import { interruptible } from "./interruptible.ts";
import { jsonListOf } from "./json-list.ts";

/** How much one plugin may give: beyond it the archive goes on without the rest. */
export type KeptLimits = { readonly bytes: number; readonly files: number };

const most: KeptLimits = { bytes: 100_000_000, files: 50_000 };

/** Into which archive, below which of its folders, and for whom. */
export type KeptWish = {
  readonly zip: ZipFile;
  readonly folder: string;
  readonly person: ExportedPerson;
  readonly signal: AbortSignal;
  readonly limits?: KeptLimits;
};

/** What became of a plugin's part: which files are there, and whether all of it is. */
export type KeptPart = {
  readonly pluginId: string;
  readonly about: string;
  readonly folder: string;
  readonly files: number;
  readonly state: "whole" | "failed" | "too-large";
};

/** Writes what plugins keep of somebody or of a blog, each into a folder of its own. One that fails, lags or floods costs only its own part. */
export async function writeKept(
  keepers: readonly Keeper[],
  { zip, person, folder: place, signal, limits = most }: KeptWish,
): Promise<readonly KeptPart[]> {
  const parts: KeptPart[] = [];
  for (const keeper of keepers) {
    signal.throwIfAborted();
    const folder = `${place}plugins/${keeper.pluginId}/`;
    const part = new Part(zip, folder, limits);
    let isFailed = false;
    try {
      await keeper.files(person, (files, stopped) => part.write(files, stopped), signal);
    } catch {
      // The guard has noted what it was.
      isFailed = true;
    }
    // A disk that is full is no fault of the plugin's, and an archive with holes no archive.
    if (part.trouble !== undefined) throw part.trouble;
    signal.throwIfAborted();
    const state = isFailed ? "failed" : part.isFull ? "too-large" : "whole";
    if (part.count > 0 || state !== "whole")
      parts.push({ pluginId: keeper.pluginId, about: await keeper.about(person.language), folder, files: part.count, state });
  }
  return parts;
}

/** One plugin's part of an archive, as it is written. */
class Part {
  readonly #zip: ZipFile;
  readonly #folder: string;
  readonly #limits: KeptLimits;
  readonly #names = new FileNames();
  #bytes = 0;
  count = 0;
  isFull = false;
  /** What went wrong with the archive itself. */
  trouble: unknown;

  constructor(zip: ZipFile, folder: string, limits: KeptLimits) {
    this.#zip = zip;
    this.#folder = folder;
    this.#limits = limits;
  }

  async write(files: AsyncIterable<ExportFile>, signal: AbortSignal): Promise<void> {
    for await (const file of interruptible(files, signal)) {
      if (this.count >= this.#limits.files) this.isFull = true;
      if (this.isFull) return;
      await this.#add(file, signal);
      if (this.trouble !== undefined) return;
    }
  }

  async #add(file: ExportFile, signal: AbortSignal): Promise<void> {
    const failure: { error?: unknown } = {};
    const pieces = this.#piecesOf(file, signal, failure);
    // A file that failed before its first word is not begun.
    const first = await pieces.next();
    if ("error" in failure) throw failure.error;
    const name = this.#folder + this.#names.take(String(file.name));
    try {
      await this.#zip.addStream(name, withFirst(first, pieces));
      this.count++;
    } catch (error) {
      this.trouble = error ?? new Error("The archive could not be written");
    }
    // What came before stays in the archive, as a file that ends early.
    if ("error" in failure) throw failure.error;
  }

  async *#piecesOf(file: ExportFile, signal: AbortSignal, failure: { error?: unknown }): AsyncGenerator<string | Uint8Array> {
    if ("rows" in file) yield* jsonListOf(this.#until(jsonOf(interruptible(file.rows, signal)), failure));
    else yield* this.#until("chunks" in file ? interruptible(file.chunks, signal) : [file.text], failure);
  }

  // Ends where the plugin fails or has given enough, and never throws: a list of rows that ends early is still a list.
  async *#until<T extends string | Uint8Array>(
    source: AsyncIterable<T> | Iterable<T>,
    failure: { error?: unknown },
  ): AsyncGenerator<T> {
    try {
      for await (const piece of source) {
        if (typeof piece !== "string" && !(piece instanceof Uint8Array)) throw new Error("A file holds text or bytes");
        this.#bytes += Buffer.byteLength(piece);
        if (this.#bytes > this.#limits.bytes) {
          this.isFull = true;
          return;
        }
        yield piece;
      }
    } catch (error) {
      failure.error = error ?? new Error("It threw something that left no message.");
    }
  }
}

async function* jsonOf(rows: AsyncIterable<unknown>): AsyncIterable<string> {
  for await (const row of rows) yield JSON.stringify(row) ?? "null";
}

async function* withFirst<T>(first: IteratorResult<T>, rest: AsyncIterable<T>): AsyncIterable<T> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
