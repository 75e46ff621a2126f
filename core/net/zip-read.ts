import { crc32, inflateRawSync } from "node:zlib";
import { PublicError } from "../errors.ts";

/** One file of an archive; its path is relative, with slashes, and leads nowhere else. */
export type UnpackedFile = { readonly path: string; readonly bytes: Buffer };

/** What an archive may be at most. */
export type ZipLimits = { readonly files: number; readonly bytes: number };

type Entry = {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly bytes: number;
  readonly crc: number;
  readonly at: number;
};

/**
 * The files of a zip archive that nobody trusts, in memory: every size is limited before anything is unpacked, and no name
 * leads out of the folder it is unpacked into. PublicError 422 with what is wrong.
 */
export function readZip(archive: Buffer, limits: ZipLimits): UnpackedFile[] {
  const entries = entriesOf(archive, limits);
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > limits.bytes) throw tooMuch(limits);
  return entries
    .filter(({ path }) => !path.endsWith("/"))
    .map((entry) => ({ path: entry.path, bytes: contentOf(archive, entry) }));
}

function entriesOf(archive: Buffer, limits: ZipLimits): Entry[] {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) throw tooMuch(limits);
  if (count > limits.files * 2) throw tooMuch(limits);
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (let n = 0; n < count; n++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== 0x02014b50) throw broken();
    const nameLength = archive.readUInt16LE(at + 28);
    const entry = entryAt(archive, at, archive.subarray(at + 46, at + 46 + nameLength).toString("utf8"));
    // On disks that do not tell capitals apart the second would overwrite the first.
    const key = entry.path.toLowerCase().normalize("NFC");
    if (seen.has(key)) throw refused("two-files", `The archive holds “${entry.path}” twice.`, { path: entry.path });
    seen.add(key);
    entries.push(entry);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  const files = entries.filter(({ path }) => !path.endsWith("/"));
  if (files.length > limits.files) throw tooMuch(limits);
  for (const { path } of files) refuseFolder(path, files);
  return entries;
}

// One name cannot be a file and the folder of another.
function refuseFolder(path: string, files: readonly Entry[]): void {
  if (files.some((other) => other.path.toLowerCase().startsWith(`${path.toLowerCase()}/`)))
    throw refused("two-files", `The archive holds “${path}” twice.`, { path });
}

function entryAt(archive: Buffer, at: number, path: string): Entry {
  const shown = path.replace(/[^\x20-\x7e]/g, "?").slice(0, 100);
  const isSafe =
    path.length <= 200 &&
    /^[^\\:*?"<>|\p{Cc}]+$/u.test(path) &&
    !path.startsWith("/") &&
    path.split("/").every((part, index, all) => (part === "" ? index === all.length - 1 && index > 0 : !/^\.+$/.test(part)));
  if (!isSafe) throw refused("path", `The archive holds a file whose name could lead elsewhere: “${shown}”.`, { path: shown });
  if ((archive.readUInt16LE(at + 8) & 1) === 1) throw refused("locked", "The archive is locked by a password.");
  // The upper half of the attributes are Unix's: a link would lead out when something is written through it.
  const kind = (archive.readUInt32LE(at + 38) >>> 16) & 0o170000;
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000)
    throw refused("link", `The archive holds a link or something that is no file: “${shown}”.`, { path: shown });
  return {
    path,
    method: archive.readUInt16LE(at + 10),
    crc: archive.readUInt32LE(at + 16),
    packed: archive.readUInt32LE(at + 20),
    bytes: archive.readUInt32LE(at + 24),
    at: archive.readUInt32LE(at + 42),
  };
}

function contentOf(archive: Buffer, { path, method, packed, bytes, crc, at }: Entry): Buffer {
  if (at + 30 > archive.length || archive.readUInt32LE(at) !== 0x04034b50) throw broken();
  const from = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const body = archive.subarray(from, from + packed);
  const content = method === 0 ? body : method === 8 ? inflated(body, bytes) : null;
  if (content === null) throw refused("method", `“${path.slice(0, 100)}” is packed in a way that is not read here.`, { path });
  // What the list of contents says and what is there may differ on purpose.
  if (content.length !== bytes || crc32(content) !== crc) throw broken();
  return Buffer.from(content);
}

function inflated(body: Buffer, bytes: number): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, bytes) });
  } catch (cause) {
    throw broken(cause);
  }
}

function endOf(archive: Buffer): number {
  // The record of 22 bytes may be followed by a comment of at most 64 KB.
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 22 - 0xffff); at--)
    if (archive.readUInt32LE(at) === 0x06054b50) return at;
  throw refused("none", "This is no zip archive.");
}

function refused(why: string, sentence: string, values: Record<string, string | number> = {}): PublicError {
  return new PublicError(`zip.${why}`, sentence, 422, values);
}

function tooMuch({ files, bytes }: ZipLimits): PublicError {
  const megabytes = bytes / 1_000_000;
  return refused("too-much", `The archive holds too much: ${files} files and ${megabytes} MB unpacked are the most.`, {
    files,
    megabytes,
  });
}

function broken(cause?: unknown): PublicError {
  return Object.assign(refused("broken", "The archive is damaged: take another copy of it."), { cause });
}
