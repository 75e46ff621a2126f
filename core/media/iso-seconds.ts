import type { Patchable } from "./incoming.ts";

type File = Pick<Patchable, "size" | "read">;
type Box = { readonly type: string; readonly body: number; readonly end: number };

const most = { boxes: 2_000, entries: 65_536 } as const;

/**
 * How long the sound of an MP4 or M4A plays, in seconds: its table of samples added up (ISO 14496-12, `stts`), which is what
 * players follow, while the headers only claim. Null where there is no such table, as in files of fragments.
 */
export async function isoSeconds(file: File): Promise<number | null> {
  const movie = await childOf(file, { body: 0, end: file.size }, "moov");
  for (const track of movie ? await boxes(file, movie) : []) {
    const media = track.type === "trak" ? await childOf(file, track, "mdia") : null;
    const seconds = media && (await secondsOfSound(file, media));
    if (seconds) return seconds;
  }
  return null;
}

async function secondsOfSound(file: File, media: Box): Promise<number | null> {
  const handler = await childOf(file, media, "hdlr");
  const header = await childOf(file, media, "mdhd");
  if (!handler || !header || (await file.read(handler.body + 8, 4)).toString("latin1") !== "soun") return null;
  const facts = await file.read(header.body, 24);
  if (facts.length < 24) return null;
  const unitsPerSecond = facts.readUInt32BE(facts[0] === 1 ? 20 : 12);
  const table = await childOf(file, await childOf(file, media, "minf"), "stbl");
  const times = await childOf(file, table, "stts");
  if (!times || unitsPerSecond === 0) return null;
  const entries = await file.read(times.body + 8, Math.min(times.end - times.body - 8, most.entries * 8));
  let units = 0;
  for (let at = 0; at + 8 <= entries.length; at += 8) units += entries.readUInt32BE(at) * entries.readUInt32BE(at + 4);
  return units === 0 ? null : units / unitsPerSecond;
}

async function childOf(file: File, parent: Pick<Box, "body" | "end"> | null, type: string): Promise<Box | null> {
  return parent ? ((await boxes(file, parent)).find((box) => box.type === type) ?? null) : null;
}

async function boxes(file: File, parent: Pick<Box, "body" | "end">): Promise<Box[]> {
  const found: Box[] = [];
  for (let at = parent.body; parent.end - at >= 8 && found.length < most.boxes;) {
    const head = await file.read(at, 16);
    if (head.length < 8) break;
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && head.length === 16;
    const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? parent.end - at : short;
    if (size < (isLong ? 16 : 8) || at + size > parent.end) break;
    found.push({ type: head.toString("latin1", 4, 8), body: at + (isLong ? 16 : 8), end: at + size });
    at += size;
  }
  return found;
}
