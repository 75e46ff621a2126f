import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PublicError } from "../errors.ts";
import { randomName } from "../ids.ts";
import { tooLarge } from "./clean-file.ts";
import { kindOfFile, mediaLimits, type MediaLimits } from "./kinds.ts";

/** Whose upload it is, and for which blog. */
export type Uploader = { readonly accountId: string; readonly blogId: string };

/** A file that comes in parts. `mediaId` is there once it was finished. */
export type PartialUpload = Uploader & {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly createdAt: string;
  readonly mediaId: string | null;
  /** Its size was not said at first; `size` is then the most it may become. */
  readonly isOpen?: boolean;
};

/** Largest part, in bytes. */
export const largestPart = 8 * 1024 * 1024;

const [hoursKept, mostAtOnce] = [24, 10];

/** The name of somebody's upload with a key. */
export function uploadId(who: Uploader, key: string): string {
  const text = JSON.stringify([who.accountId, who.blogId, key]);
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}

/** Where the parts lie in the data folder. */
export function partsFolder(dataFolder: string): string {
  return join(dataFolder, "uploads", "resumable");
}

/**
 * Files that come in parts, on disk between them, so that neither a lost connection nor a restart costs what has arrived. The same
 * person, blog and key give the same upload again. Nobody else's is found.
 */
export class PartialUploads {
  readonly #folder: string;
  readonly #limits: () => Promise<MediaLimits>;
  readonly #turns = new Map<string, Promise<unknown>>();

  /** `limits` are asked for when an upload begins, so that nobody sends for minutes what is refused in the end. */
  constructor(dataFolder: string, limits: () => Promise<MediaLimits> = async () => mediaLimits) {
    this.#folder = partsFolder(dataFolder);
    this.#limits = limits;
  }

  /** Begins an upload, or finds the one that was begun with this key. PublicError 413 or 422 when it cannot become a file. */
  async begin(who: Uploader, wanted: { name: string; size: number | null; key: string }, now: Date): Promise<PartialUpload> {
    if (wanted.key === "" || wanted.key.length > 200)
      throw new PublicError("upload.key", "An upload in parts needs a key of 1 to 200 characters.", 422);
    const mostBytes = Math.max(...Object.values(await this.#limits()));
    const size = wanted.size ?? mostBytes;
    if (!Number.isSafeInteger(size) || size < 1)
      throw new PublicError("upload.size", "An upload in parts says first how many bytes the file has.", 422);
    if (size > mostBytes) throw tooLarge(mostBytes);
    const id = uploadId(who, wanted.key);
    return this.#inTurn(id, async () => {
      const there = await this.find(who, id);
      // Apps that say no size name their files by a few digits, which come again.
      const isSame = wanted.size === null ? there?.isOpen && there.mediaId === null : there?.size === size || there?.mediaId;
      if (there && isSame) return there;
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#refuseTooMany(who);
      const { accountId, blogId } = who;
      const upload = {
        id,
        accountId,
        blogId,
        name: wanted.name.slice(0, 200),
        size,
        createdAt: now.toISOString(),
        mediaId: null,
        ...(wanted.size === null && { isOpen: true }),
      };
      await writeFile(this.#path(id), "", { mode: 0o600 });
      await this.#describe(upload);
      return upload;
    });
  }

  /** An upload of this person for this blog; null when there is none. */
  async find(who: Uploader, id: string): Promise<PartialUpload | null> {
    const upload = /^[0-9a-f]{40}$/.test(id) ? await this.#read(id) : null;
    return upload?.accountId === who.accountId && upload.blogId === who.blogId ? upload : null;
  }

  /** How many bytes have arrived. PublicError 404 when the upload ended meanwhile. */
  async received(upload: PartialUpload): Promise<number> {
    if (upload.mediaId !== null) return upload.size;
    const facts = await stat(this.#path(upload.id)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === "ENOENT" ? unknownUpload() : error;
    });
    return facts.size;
  }

  /** Takes the part that begins at `from`. PublicError 409 (with `received`) when the file goes on elsewhere, 413 when there is too much. */
  append(begun: PartialUpload, from: number | null, part: Uint8Array): Promise<number> {
    return this.#inTurn(begun.id, async () => {
      const upload = await this.#read(begun.id);
      // What came before this part in the row may have ended the upload.
      if (!upload || (upload.isOpen && upload.mediaId !== null)) throw unknownUpload();
      const received = await this.received(upload);
      if (from !== null && from !== received)
        throw new PublicError("upload.offset", `The next part begins at byte ${received}.`, 409, { received });
      if (received + part.byteLength > upload.size && upload.isOpen) throw tooLarge(upload.size);
      if (received + part.byteLength > upload.size)
        throw new PublicError("upload.too-much", "This part goes beyond the size that was said at first.", 413, { received });
      if (received === 0) await this.#refuseWrongKind(upload, part);
      const file = await open(this.#path(upload.id), "r+");
      try {
        await file.write(part, 0, part.byteLength, received);
        await file.datasync();
      } finally {
        await file.close();
      }
      return received + part.byteLength;
    });
  }

  /** Makes the whole file something: `keep` gets its path and gives the id of what it became. Asked again, it gives the same. */
  finish(upload: PartialUpload, keep: (path: string) => Promise<string>): Promise<string> {
    return this.#inTurn(upload.id, async () => {
      const now = await this.#read(upload.id);
      if (!now) throw unknownUpload();
      if (now.mediaId) return now.mediaId;
      const received = await this.received(upload);
      if (received < (upload.isOpen ? 1 : upload.size))
        throw new PublicError("upload.unfinished", `${upload.size - received} bytes of the file are still missing.`, 409, {
          received,
        });
      try {
        const mediaId = await keep(this.#path(upload.id));
        await this.#describe({ ...upload, mediaId });
        return mediaId;
      } catch (error) {
        // What cannot be kept now cannot be kept later; trouble of ours leaves it for another try.
        if (error instanceof PublicError) await rm(this.#path(upload.id, "json"), { force: true });
        throw error;
      } finally {
        const after = await this.#read(upload.id);
        if (!after || after.mediaId !== null) await rm(this.#path(upload.id), { force: true });
      }
    });
  }

  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(work, work);
    const settled: Promise<unknown> = turn
      .catch(() => undefined)
      .finally(() => {
        if (this.#turns.get(id) === settled) this.#turns.delete(id);
      });
    this.#turns.set(id, settled);
    return turn;
  }

  async #refuseWrongKind(upload: PartialUpload, part: Uint8Array): Promise<void> {
    const kind = kindOfFile(part);
    const limits = await this.#limits();
    const refusal = !kind
      ? new PublicError("media.type-of-part", "This kind of file cannot be uploaded; pictures, sound and film can.", 415)
      : !upload.isOpen && upload.size > limits[kind.group]
        ? tooLarge(limits[kind.group])
        : null;
    if (!refusal && upload.isOpen && kind) await this.#describe({ ...upload, size: limits[kind.group] });
    if (!refusal) return;
    for (const ending of ["json", "part"] as const) await rm(this.#path(upload.id, ending), { force: true });
    throw refusal;
  }

  async #refuseTooMany(who: Uploader): Promise<void> {
    let open = 0;
    for (const name of await readdir(this.#folder)) {
      const upload = name.endsWith(".json") ? await this.#read(name.slice(0, -5)) : null;
      if (upload?.accountId === who.accountId && upload.mediaId === null) open++;
    }
    if (open >= mostAtOnce)
      throw new PublicError("upload.too-many", `You have ${mostAtOnce} uploads that are not finished; finish one first.`, 429, {
        limit: mostAtOnce,
      });
  }

  async #read(id: string): Promise<PartialUpload | null> {
    try {
      return JSON.parse(await readFile(this.#path(id, "json"), "utf8")) as PartialUpload;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  // Whole or not at all, as the parts beside it.
  async #describe(upload: PartialUpload): Promise<void> {
    const draft = join(this.#folder, `.${randomName()}`);
    await writeFile(draft, JSON.stringify(upload), { mode: 0o600 });
    await rename(draft, this.#path(upload.id, "json"));
  }

  #path(id: string, ending: "part" | "json" = "part"): string {
    return join(this.#folder, `${id}.${ending}`);
  }
}

/** What became of the upload meanwhile: nothing. */
export const unknownUpload = (): PublicError =>
  new PublicError("upload.unknown", "There is no upload of this name; begin it again.", 404);

/** Throws away uploads that nobody went on with for a day. */
export async function sweepUploads(dataFolder: string, now: Date): Promise<void> {
  const folder = partsFolder(dataFolder);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const name of names) {
    const path = join(folder, name);
    const facts = await stat(path).catch(() => null);
    if (facts && now.getTime() - facts.mtimeMs > hoursKept * 3_600_000) await rm(path, { force: true });
  }
}
