import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive; `path` is relative, with slashes. */
export type ZipEntry = { readonly path: string; readonly bytes: Uint8Array };

const method = 8; // deflate
const utf8Names = 0x0800;
// No clock: the same files give the same archive, byte for byte. 1980-01-01 is the oldest date the format knows.
const [time, date] = [0, (1 << 5) | 1];

/** A zip archive of files, whole in memory; throws an Error for more than 65,535 files or 4 GB. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of entries) {
    const name = Buffer.from(path, "utf8");
    const packed = deflateRawSync(bytes);
    const facts = { crc: crc32(bytes), packed: packed.length, bytes: bytes.length, name: name.length };
    const header = localHeader(facts);
    directory.push(directoryEntry(facts, offset), name);
    parts.push(header, name, packed);
    offset += header.length + name.length + packed.length;
  }
  const index = Buffer.concat(directory);
  if (entries.length > 0xffff || offset + index.length > 0xffffffff) throw new Error("This is too much for a zip archive");
  return Buffer.concat([...parts, index, endRecord(entries.length, index.length, offset)]);
}

/** Checksum and sizes of a file in an archive, and the length of its name. */
export type ZipFacts = { readonly crc: number; readonly packed: number; readonly bytes: number; readonly name: number };

/** What stands before a file; `flags` are added to the one for names in UTF-8. */
export function localHeader(facts: ZipFacts, flags = 0): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  writeFacts(header, 6, facts, flags);
  return header;
}

/** The line of a file in the archive's directory; its name follows. */
export function directoryEntry(facts: ZipFacts, offset: number, flags = 0): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(0x0314, 4); // made on Unix, so that the mode below counts
  entry.writeUInt16LE(20, 6);
  writeFacts(entry, 8, facts, flags);
  entry.writeUInt32LE((0o100644 << 16) >>> 0, 38);
  entry.writeUInt32LE(offset, 42);
  return entry;
}

// The part that both headers share: flags, method, time, date, checksum, sizes, length of the name.
function writeFacts(header: Buffer, at: number, { crc, packed, bytes, name }: ZipFacts, flags: number): void {
  for (const [index, word] of [utf8Names | flags, method, time, date].entries()) header.writeUInt16LE(word, at + index * 2);
  for (const [index, word] of [crc, packed, bytes].entries()) header.writeUInt32LE(word, at + 8 + index * 4);
  header.writeUInt16LE(name, at + 20);
}

/** The end of an archive, by which it is read. */
export function endRecord(count: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
