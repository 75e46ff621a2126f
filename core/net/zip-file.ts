import { open, rm, type FileHandle } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { promisify } from "node:util";
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync } from "node:zlib";

const packAside = promisify(deflateRaw);
const [stored, deflated] = [0, 8];
const utf8Names = 0x0800;
// No clock: the same files give the same archive. 1980-01-01 is the oldest date the format knows.
const [time, date] = [0, (1 << 5) | 1];
const most32 = 0xffffffff;
const most16 = 0xffff;

/**
 * A zip archive written straight to a file, of any size (ZIP64 where it must be): no entry and not even the list of entries is
 * held in memory, so that an archive of everything costs as little as one of nothing.
 */
export class ZipFile {
  readonly path: string;
  readonly #file: Tail;
  readonly #directory: Tail;
  #count = 0;

  private constructor(path: string, file: FileHandle, directory: FileHandle) {
    this.path = path;
    this.#file = new Tail(file);
    this.#directory = new Tail(directory);
  }

  /** Begins an archive at a path, over what is there. */
  static async create(path: string): Promise<ZipFile> {
    const file = await open(path, "w+", 0o600);
    return new ZipFile(path, file, await open(directoryOf(path), "w+", 0o600));
  }

  /** Adds a small file. */
  async add(path: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    // A short text is pressed sooner than the thread that would do it aside has woken.
    const packed = bytes.length < 20_000 ? deflateRawSync(bytes) : await packAside(bytes);
    const facts = { method: deflated, crc: crc32(bytes), packed: packed.length, bytes: bytes.length };
    const start = this.#file.at;
    await this.#file.append(localHeader(path, facts));
    await this.#file.append(packed);
    await this.#list(path, facts, start);
  }

  /** Adds a file as it is read; `isPacked` ones (pictures, sounds, films) are not pressed again. */
  async addStream(path: string, chunks: AsyncIterable<Uint8Array | string>, isPacked = false): Promise<void> {
    const start = this.#file.at;
    const method = isPacked ? stored : deflated;
    await this.#file.append(localHeader(path, { method, crc: 0, packed: 0, bytes: 0 }));
    const from = this.#file.at;
    const sum = { crc: 0, bytes: 0 };
    for await (const chunk of isPacked ? counted(chunks, sum) : deflatedStream(counted(chunks, sum)))
      await this.#file.append(chunk);
    const facts = { method, crc: sum.crc, packed: this.#file.at - from, bytes: sum.bytes };
    if (facts.packed > most32 || facts.bytes > most32) throw new Error(`${path} is larger than 4 GB`);
    // What the header has to say is known only now.
    await this.#file.replace(localHeader(path, facts), start);
    await this.#list(path, facts, start);
  }

  /** Writes the list of entries and closes the file; gives its size. */
  async finish(): Promise<number> {
    const [start, bytes] = [this.#file.at, this.#directory.at];
    for await (const part of this.#directory.read()) await this.#file.append(part);
    await this.#file.append(endRecords(this.#count, bytes, start));
    await this.#file.sync();
    await this.#close();
    return this.#file.at;
  }

  /** Closes and removes what was written so far. */
  async abandon(): Promise<void> {
    await this.#close();
    await rm(this.path, { force: true });
  }

  async #close(): Promise<void> {
    await this.#file.close();
    await this.#directory.close();
    await rm(directoryOf(this.path), { force: true });
  }

  async #list(path: string, facts: Facts, start: number): Promise<void> {
    await this.#directory.append(directoryEntry(path, facts, start));
    this.#count++;
  }
}

// The growing end of a file: many small pieces become few writes.
class Tail {
  readonly #file: FileHandle;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  /** How much there is, written or waiting. */
  at = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.at += bytes.length;
    if (this.#waitingBytes >= 65_536) await this.#flush();
  }

  async replace(bytes: Uint8Array, at: number): Promise<void> {
    await this.#flush();
    await writeAll(this.#file, bytes, at);
  }

  async *read(): AsyncIterable<Buffer> {
    await this.#flush();
    for (let at = 0; at < this.at;) {
      const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(65_536), 0, 65_536, at);
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  async sync(): Promise<void> {
    await this.#flush();
    await this.#file.sync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    await writeAll(this.#file, bytes, this.at - bytes.length);
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

type Facts = { readonly method: number; readonly crc: number; readonly packed: number; readonly bytes: number };

const directoryOf = (path: string): string => `${path}.list`;

async function* counted(chunks: AsyncIterable<Uint8Array | string>, sum: { crc: number; bytes: number }) {
  for await (const chunk of chunks) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    sum.crc = crc32(bytes, sum.crc);
    sum.bytes += bytes.length;
    yield bytes;
  }
}

function deflatedStream(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // What goes wrong on the way comes out where the end is read.
  return pipeline(Readable.from(chunks), createDeflateRaw(), () => undefined);
}

function localHeader(path: string, facts: Facts): Buffer {
  const name = Buffer.from(path, "utf8");
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  writeFacts(header, 6, facts, name.length);
  return Buffer.concat([header, name]);
}

function directoryEntry(path: string, facts: Facts, start: number): Buffer {
  const name = Buffer.from(path, "utf8");
  const entry = Buffer.alloc(46);
  const isFar = start > most32 - 1;
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(0x0300 | (isFar ? 45 : 20), 4); // made on Unix, so that the mode below counts
  entry.writeUInt16LE(isFar ? 45 : 20, 6);
  writeFacts(entry, 8, facts, name.length);
  entry.writeUInt32LE((0o100644 << 16) >>> 0, 38);
  entry.writeUInt32LE(isFar ? most32 : start, 42);
  if (!isFar) return Buffer.concat([entry, name]);
  const far = Buffer.alloc(12);
  far.writeUInt16LE(0x0001, 0);
  far.writeUInt16LE(8, 2);
  far.writeBigUInt64LE(BigInt(start), 4);
  entry.writeUInt16LE(far.length, 30);
  return Buffer.concat([entry, name, far]);
}

// The part that both headers share: flags, method, time, date, checksum, sizes, length of the name.
function writeFacts(header: Buffer, at: number, { method, crc, packed, bytes }: Facts, nameLength: number): void {
  for (const [index, word] of [utf8Names, method, time, date].entries()) header.writeUInt16LE(word, at + index * 2);
  for (const [index, word] of [crc, packed, bytes].entries()) header.writeUInt32LE(word, at + 8 + index * 4);
  header.writeUInt16LE(nameLength, at + 20);
}

function endRecords(count: number, bytes: number, start: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, most16), 8);
  end.writeUInt16LE(Math.min(count, most16), 10);
  end.writeUInt32LE(Math.min(bytes, most32), 12);
  end.writeUInt32LE(Math.min(start, most32), 16);
  if (count < most16 && bytes < most32 && start < most32) return end;
  const large = Buffer.alloc(76);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(45, 12);
  large.writeUInt16LE(45, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(bytes), 40);
  large.writeBigUInt64LE(BigInt(start), 48);
  large.writeUInt32LE(0x07064b50, 56);
  large.writeBigUInt64LE(BigInt(start + bytes), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}
