import type { Patchable } from "./incoming.ts";
import type { Sound } from "./read-sound.ts";

const [front, tail] = [1_000_000, 4_000_000];
const [tracks, cluster] = [Buffer.from("1654ae6b", "hex"), Buffer.from("1f43b675", "hex")];
const [timecode, simpleBlock, blockGroup, block, trackEntry, trackType] = [0xe7, 0xa3, 0xa0, 0xa1, 0xae, 0x83] as const;

/**
 * What a WebM holds (Matroska, RFC 9559), also one that a browser recorded without knowing its end: the kinds of its tracks, and
 * the time of the last block, which is how long it plays. Null when it names no tracks.
 */
export async function webmSound(file: Pick<Patchable, "size" | "read">): Promise<Sound | null> {
  const kinds = trackKinds(await file.read(0, front));
  if (kinds.length === 0) return null;
  return { seconds: await lastTime(file), hasSound: kinds.includes(2), hasFilm: kinds.includes(1) };
}

function trackKinds(bytes: Buffer): number[] {
  const at = bytes.indexOf(tracks);
  const head = at === -1 ? null : sizeAt(bytes, at + 4);
  const kinds: number[] = [];
  if (!head) return kinds;
  const from = at + 4 + head.length;
  const end = Math.min(bytes.length, from + head.value);
  for (let next = from; next < end;) {
    const id = bytes[next]!;
    const idLength = id ? Math.clz32(id) - 23 : 9;
    const size = sizeAt(bytes, next + idLength);
    if (!size) break;
    const body = next + idLength + size.length;
    if (id === trackType && size.value === 1) kinds.push(bytes[body] ?? 0);
    next = id === trackEntry ? body : body + size.value;
  }
  return kinds;
}

// In the last cluster; a browser's clock ticks in milliseconds.
async function lastTime(file: Pick<Patchable, "size" | "read">): Promise<number | null> {
  const end = await file.read(Math.max(0, file.size - tail), tail);
  const at = end.lastIndexOf(cluster);
  const head = at === -1 ? null : sizeAt(end, at + 4);
  if (!head) return null;
  const times = { cluster: 0, last: -1 };
  readElements(end, at + 4 + head.length, times);
  return times.last === -1 ? null : (times.cluster + times.last) / 1000;
}

function readElements(bytes: Buffer, from: number, times: { cluster: number; last: number }): void {
  for (let at = from; at < bytes.length;) {
    const id = bytes[at]!;
    const size = sizeAt(bytes, at + 1);
    // Longer ids are no part of a cluster's sound.
    if (id < 0x80 || !size) return;
    const body = at + 1 + size.length;
    if (id === timecode && size.value <= 6 && body + size.value <= bytes.length)
      times.cluster = bytes.readUIntBE(body, size.value);
    if (id === blockGroup) {
      at = body;
      continue;
    }
    if ((id === simpleBlock || id === block) && body + 3 <= bytes.length) {
      const track = sizeAt(bytes, body);
      if (track && body + track.length + 2 <= bytes.length)
        times.last = Math.max(times.last, bytes.readInt16BE(body + track.length));
    }
    at = body + size.value;
  }
}

// The number of leading zeros tells how many bytes a size has.
function sizeAt(bytes: Buffer, at: number): { value: number; length: number } | null {
  const first = bytes[at];
  if (!first) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = first & (0xff >> length);
  for (let next = 1; next < length; next++) value = value * 256 + bytes[at + next]!;
  return { value, length };
}
