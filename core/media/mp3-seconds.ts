import type { Patchable } from "./incoming.ts";

type Frame = { readonly bytes: number; readonly seconds: number };

const window = 262_144;
const kilobits = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const rates = [44_100, 48_000, 32_000] as const;

/**
 * How long an MP3 plays, in seconds, counted frame by frame (ISO 11172-3, layer III): what its Xing header claims is not asked.
 * Zero when there are no two frames in a row, so no sound.
 */
export async function mp3Seconds(file: Pick<Patchable, "size" | "read">): Promise<number> {
  let [seconds, frames, inStep] = [0, 0, false];
  let [start, part] = [0, Buffer.alloc(0) as Buffer];
  for (let at = await afterTag(file); at + 4 <= file.size;) {
    // A frame and the head of the next one, which tells a frame from bytes that look like one.
    if (at < start || at + 4096 > start + part.length) {
      if (at < start || start + part.length < file.size) [start, part] = [at, await file.read(at, window)];
    }
    const frame = frameAt(part, at - start);
    const next = frame && at + frame.bytes - start;
    const isFrame = frame && (inStep || frameAt(part, next!) !== null);
    if (!isFrame) {
      inStep = false;
      const following = part.indexOf(0xff, at - start + 1);
      at = following === -1 ? start + part.length : start + following;
      if (following === -1 && at >= file.size) break;
      continue;
    }
    if (frames > 0 || !isInfo(part.subarray(at - start, next!))) seconds += frame.seconds;
    frames++;
    inStep = true;
    at += frame.bytes;
  }
  return frames < 2 ? 0 : seconds;
}

async function afterTag(file: Pick<Patchable, "read">): Promise<number> {
  const head = await file.read(0, 10);
  if (head.toString("latin1", 0, 3) !== "ID3" || head.length < 10) return 0;
  return 10 + [6, 7, 8, 9].reduce((size, at) => (size << 7) | (head[at]! & 0x7f), 0);
}

function frameAt(bytes: Buffer, at: number): Frame | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xe6) !== 0xe2) return null;
  const version = (bytes[at + 1]! >> 3) & 3; // 3 MPEG 1, 2 MPEG 2, 0 MPEG 2.5
  const [bits, place] = [bytes[at + 2]! >> 4, (bytes[at + 2]! >> 2) & 3];
  const rate = rates[place];
  const bitrate = (version === 3 ? kilobits.one : kilobits.two)[bits];
  if (version === 1 || !rate || !bitrate) return null;
  const hertz = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  const samples = version === 3 ? 1152 : 576;
  const padding = (bytes[at + 2]! >> 1) & 1;
  return { bytes: Math.floor((samples / 8) * ((bitrate * 1000) / hertz)) + padding, seconds: samples / hertz };
}

// The first frame may hold a table of contents instead of sound.
function isInfo(frame: Buffer): boolean {
  const head = frame.subarray(0, 48).toString("latin1");
  return head.includes("Xing") || head.includes("Info") || head.includes("VBRI");
}
