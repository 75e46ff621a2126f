import type { Patchable } from "./incoming.ts";

const largestRead = 8_000_000;

/**
 * Takes private notes and attached objects out of the ID3 tag at the beginning of an MP3: those frames go, zeros fill the room,
 * the sound does not move. A tag of a form that cannot be taken apart surely becomes empty. Title, artist and cover stay.
 */
export async function dropId3Metadata(file: Patchable): Promise<void> {
  const head = await file.read(0, 10);
  if (head.toString("latin1", 0, 3) !== "ID3") return;
  const [version, flags] = [head[3]!, head[5]!];
  const size = Math.min(syncsafe(head, 6), file.size - 10);
  // Unsynchronised, extended, experimental, or of an age or size in which the frames are not looked for.
  const isPlain = (version === 3 || version === 4) && (flags & 0xe0) === 0 && size <= largestRead;
  const frames = isPlain ? keptFrames(await file.read(10, size), version) : Buffer.alloc(0);
  if (frames.length > 0) await file.write(10, frames);
  const zeros = Buffer.alloc(65_536);
  for (let at = 10 + frames.length; at < 10 + size; at += zeros.length)
    await file.write(at, zeros.subarray(0, Math.min(zeros.length, 10 + size - at)));
  if (!isPlain && size > 0) await file.write(5, Buffer.from([flags & 0x10])); // what said how to read it does not hold any more
}

function keptFrames(tag: Buffer, version: number): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at + 10 <= tag.length;) {
    const id = tag.toString("latin1", at, at + 4);
    if (!/^[A-Z0-9]{4}$/.test(id)) break; // padding
    const size = version === 4 ? syncsafe(tag, at + 4) : tag.readUInt32BE(at + 4);
    const end = at + 10 + size;
    if (end > tag.length) break;
    if (!isPrivate(id, tag.subarray(at + 10, end))) kept.push(tag.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

function isPrivate(id: string, body: Buffer): boolean {
  if (["GEOB", "PRIV", "UFID", "ENCR", "GRID", "OWNE"].includes(id)) return true;
  if (id === "APIC") return body.includes("Exif\0");
  const text = body.toString("latin1").replaceAll("\0", "");
  return (id === "TXXX" || id === "COMM") && /geo|gps|location|latitude|longitude|coordinate/i.test(text);
}

const syncsafe = (bytes: Buffer, at: number): number =>
  [0, 1, 2, 3].reduce((value, place) => (value << 7) | (bytes[at + place]! & 0x7f), 0);
