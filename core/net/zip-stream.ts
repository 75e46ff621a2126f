import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";
import { directoryEntry, endRecord, localHeader, type ZipFacts } from "./zip-write.ts";

/** A file of an archive that is read while the archive is sent; `path` is relative, with slashes. */
export type StreamedEntry = { readonly path: string; readonly content: Readable };

const described = 0x0008; // sizes and checksum follow the content

/** A zip archive that is made while it is read; an entry that fails breaks the archive off, so that nobody takes a part for the whole. */
export function zipStream(entries: AsyncIterable<StreamedEntry>): Readable {
  const out = new PassThrough();
  fill(out, entries).then(
    () => out.end(),
    (error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}

async function fill(out: PassThrough, entries: AsyncIterable<StreamedEntry>): Promise<void> {
  const directory: Buffer[] = [];
  let offset = 0;
  const send = async (bytes: Uint8Array) => {
    offset += bytes.length;
    if (!out.write(bytes)) await Promise.race([once(out, "drain"), once(out, "close")]);
    if (out.destroyed) throw new Error("Nobody reads the archive any more");
  };
  let count = 0;
  for await (const { path, content } of entries) {
    const name = Buffer.from(path, "utf8");
    const start = offset;
    await send(localHeader({ crc: 0, packed: 0, bytes: 0, name: name.length }, described));
    await send(name);
    const facts: ZipFacts = { ...(await pack(content, send)), name: name.length };
    await send(descriptor(facts));
    directory.push(directoryEntry(facts, start, described), name);
    count++;
  }
  const index = Buffer.concat(directory);
  const begin = offset;
  if (count > 0xffff || begin + index.length > 0xffffffff) throw new Error("This is too much for a zip archive");
  await send(index);
  await send(endRecord(count, index.length, begin));
}

// What people keep in a library is compressed already, so little effort is spent on it.
async function pack(content: Readable, send: (bytes: Uint8Array) => Promise<void>) {
  let [crc, bytes, packed] = [0, 0, 0];
  const counted = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      crc = crc32(piece, crc);
      bytes += piece.length;
      yield piece;
    }
  };
  await pipeline(content, counted, createDeflateRaw({ level: 1 }), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      packed += piece.length;
      await send(piece);
    }
  });
  return { crc, bytes, packed };
}

function descriptor({ crc, packed, bytes }: ZipFacts): Buffer {
  const record = Buffer.alloc(16);
  for (const [at, word] of [0x08074b50, crc, packed, bytes].entries()) record.writeUInt32LE(word, at * 4);
  return record;
}
