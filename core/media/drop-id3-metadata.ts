import type { Patchable } from "./incoming.ts";

const largestRead = 8_000_000;
// No program writes more; a file that has them shall not hold up others.
const [mostTags, mostFrames] = [50, 10_000];

/**
 * Takes private notes and attached objects out of the ID3 tags at the beginning of an MP3: those frames go, zeros fill the room,
 * the sound does not move. A tag of a form that cannot be taken apart surely becomes empty. Title, artist and cover stay.
 */
export async function dropId3Metadata(file: Patchable): Promise<void> {
  // Some programs put theirs before the one that was there.
  for (let start = 0, tags = 0; tags < mostTags && start + 10 < file.size; tags++) {
    const size = await cleanTag(file, start);
    if (size === null) return;
    start += 10 + size;
  }
}

// The size of the tag that begins there, now clean; null where none begins.
async function cleanTag(file: Patchable, start: number): Promise<number | null> {
  const head = await file.read(start, 10);
  if (head.toString("latin1", 0, 3) !== "ID3" || head.length < 10) return null;
  const [version, flags] = [head[3]!, head[5]!];
  const first = start + 10;
  const size = Math.min(syncsafe(head, 6), file.size - first);
  // Unsynchronised, extended, experimental, or of an age or size in which the frames are not looked for.
  const isPlain = (version === 3 || version === 4) && (flags & 0xe0) === 0 && size <= largestRead;
  const frames = isPlain ? keptFrames(await file.read(first, size), version) : Buffer.alloc(0);
  if (frames.length > 0) await file.write(first, frames);
  const zeros = Buffer.alloc(65_536);
  for (let at = first + frames.length; at < first + size; at += zeros.length)
    await file.write(at, zeros.subarray(0, Math.min(zeros.length, first + size - at)));
  // What said how to read it does not hold any more.
  if (!isPlain && size > 0) await file.write(start + 5, Buffer.from([flags & 0x10]));
  return size;
}

function keptFrames(tag: Buffer, version: number): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0, frames = 0; at + 10 <= tag.length; frames++) {
    if (frames === mostFrames) return Buffer.alloc(0);
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
