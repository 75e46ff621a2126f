import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  closeSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import tar from "tar-stream";
import type { Clock } from "../clock.ts";
import { PublicError } from "../errors.ts";
import { mask } from "../settings/mask.ts";
import { secretOfDatabase } from "../people/secret-mark.ts";
import type { Settings } from "../settings/settings.ts";
import type { TableShape } from "../storage/columns.ts";
import type { Storage } from "../storage/storage.ts";
import { Digest, lineOf } from "./digest.ts";
import { savedFolders, type Manifest } from "./manifest.ts";
import { openSnapshot, type Snapshot } from "./snapshot.ts";
import { shapesOf } from "./shapes.ts";
import { verifyBackup } from "./verify-backup.ts";

type Source = { readonly settings: Settings; readonly storage: Storage; readonly clock: Clock };
type Entry = Manifest["entries"][number];

const chunkCharacters = 2 * 1024 * 1024;

/**
 * Writes the whole installation to one tar file, mode 0600, consistent while others write. It is read again and its hashes
 * compared before it takes its name; an older file of that name stays until then.
 */
export async function writeBackup(
  { settings, storage, clock }: Source,
  file: string,
  step: (text: string) => void,
): Promise<Manifest> {
  const draft = `${file}.${process.pid}.part`;
  begin(file, draft);
  try {
    // Another installation's secret in it would make the backup worthless.
    const secret = await secretOfDatabase(storage, settings, clock.now());
    const snapshot = await openSnapshot(settings.databaseUrl);
    let manifest: Manifest;
    try {
      manifest = await pack({ settings, storage, clock, snapshot, secret }, draft, step).catch((error: unknown) => {
        throw diskTrouble(file, error);
      });
    } finally {
      await snapshot.close();
    }
    step("Reading the backup again …");
    await verifyBackup(draft);
    const handle = openSync(draft, "r+");
    fsyncSync(handle);
    closeSync(handle);
    renameSync(draft, file);
    return manifest;
  } finally {
    rmSync(draft, { force: true });
  }
}

// Before anything is read: a place that cannot be written is said at once.
function begin(file: string, draft: string): void {
  const refuse = (why: string) => new PublicError("backup.place", `The backup cannot be written to ${file}: ${why}.`);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw refuse("it is a folder; name a file in it");
  try {
    closeSync(openSync(draft, "w", 0o600));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw refuse(code === "ENOENT" ? "its folder is missing; make it first" : message);
  }
}

function diskTrouble(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "EFBIG") return error;
  const sentence = `The backup cannot be written to ${file}: there is no room; name a file on another disk.`;
  return new PublicError("backup.room", sentence, 507);
}

type Packing = Source & { readonly snapshot: Snapshot; readonly secret: string };

async function pack(source: Packing, draft: string, step: (text: string) => void): Promise<Manifest> {
  const { settings, storage, clock, snapshot, secret } = source;
  const archive = new Archive(draft);
  const tables: Manifest["tables"][number][] = [];
  for (const shape of await shapesOf(storage)) {
    step(`Saving ${shape.name} …`);
    tables.push({ ...shape, digest: await packTable(archive, shape, snapshot) });
  }
  await archive.add("secret", secret);
  for (const folder of savedFolders) await packFolder(archive, settings.dataFolder, folder);
  const migrations = [];
  for await (const row of snapshot.rows("migrations")) migrations.push(String(row.name));
  const manifest: Manifest = {
    format: "rookery-backup-1",
    madeAt: clock.now().toISOString(),
    url: settings.url,
    migrations,
    tables,
    entries: archive.entries,
    mediaElsewhere: settings.mediaUrl === null ? null : mask(settings.mediaUrl),
  };
  await archive.close(JSON.stringify(manifest));
  return manifest;
}

async function packTable(archive: Archive, shape: TableShape, snapshot: Snapshot) {
  const digest = new Digest();
  let lines: string[] = [];
  let size = 0;
  let part = 0;
  const flush = async () => {
    await archive.add(`tables/${shape.name}/${String(++part).padStart(6, "0")}.jsonl`, lines.join("\n"));
    [lines, size] = [[], 0];
  };
  for await (const row of snapshot.rows(shape.name)) {
    const line = lineOf(shape, row);
    digest.add(line);
    lines.push(line);
    size += line.length;
    if (size >= chunkCharacters) await flush();
  }
  if (lines.length > 0) await flush();
  return digest.result();
}

async function packFolder(archive: Archive, dataFolder: string, folder: string): Promise<void> {
  const root = join(dataFolder, folder);
  if (!existsSync(root)) return;
  for (const found of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(found.parentPath, found.name);
    // Links are left out: what they point to lies outside the data folder.
    if (found.isFile()) await archive.addFile(relative(dataFolder, path).split(sep).join("/"), path);
  }
}

/** A tar file that grows entry by entry and remembers what went in. */
class Archive {
  readonly entries: Entry[] = [];
  readonly #pack = tar.pack();
  readonly #written: Promise<void>;

  constructor(path: string) {
    this.#written = pipeline(this.#pack, createWriteStream(path, { mode: 0o600, flags: "w" }));
    // Awaited in close(); until then a failure shows in the entry being written.
    this.#written.catch((error) => this.#pack.destroy(error as Error));
  }

  async add(path: string, content: string): Promise<void> {
    const bytes = Buffer.from(content);
    this.entries.push({ path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    await new Promise<void>((done, fail) => {
      const ended = (error?: Error | null) => (error ? fail(error) : done());
      // A full disk destroys the entry too; unheard, its error would end the process.
      this.#pack.entry({ name: path, size: bytes.length, mode: 0o600 }, bytes, ended).on("error", fail);
    });
  }

  async addFile(path: string, file: string): Promise<void> {
    let bytes: number;
    try {
      bytes = statSync(file).size;
    } catch (error) {
      // Removed since the folder was listed: the snapshot's rows may still name it, as they would after a crash.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      throw error;
    }
    const hash = createHash("sha256");
    await new Promise<void>((done, fail) => {
      const entry = this.#pack.entry({ name: path, size: bytes, mode: 0o600 }, (error) => (error ? fail(error) : done()));
      entry.on("error", fail);
      if (bytes === 0) return entry.end(Buffer.alloc(0));
      const reading = createReadStream(file, { end: bytes - 1 }).on("data", (part) => hash.update(part));
      reading.on("error", (error) => entry.destroy(error)).pipe(entry);
    });
    this.entries.push({ path, bytes, sha256: hash.digest("hex") });
  }

  async close(manifest: string): Promise<void> {
    await new Promise<void>((done, fail) => {
      this.#pack
        .entry({ name: "manifest.json", mode: 0o600 }, manifest, (error) => (error ? fail(error) : done()))
        .on("error", fail);
    });
    this.#pack.finalize();
    await this.#written;
  }
}
