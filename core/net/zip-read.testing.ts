import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

/** The files of an archive, read as unpackers do: from its end, through the list of entries. */
export function readZip(path: string): Map<string, Buffer> {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0xffff) {
    const large = Number(bytes.readBigUInt64LE(end - 20 + 8));
    count = Number(bytes.readBigUInt64LE(large + 32));
    at = Number(bytes.readBigUInt64LE(large + 48));
  }
  const files = new Map<string, Buffer>();
  for (let n = 0; n < count; n++) {
    const [packed, names, extras] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    const name = bytes.subarray(at + 46, at + 46 + names).toString();
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26);
    const body = bytes.subarray(from, from + packed);
    files.set(name, bytes.readUInt16LE(local + 8) === 8 ? inflateRawSync(body) : Buffer.from(body));
    at += 46 + names + extras;
  }
  return files;
}
