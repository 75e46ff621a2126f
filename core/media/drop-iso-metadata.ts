import { PublicError } from "../errors.ts";
import type { Patchable } from "./incoming.ts";

type Box = { readonly type: string; readonly at: number; readonly body: number; readonly end: number };

// What a title page would say may stay; everything else that programs and cameras write there goes (security.md M3).
const keptInUserData = ["meta", "chpl", "name", "titl", "auth", "cprt", "\xa9nam", "\xa9ART", "\xa9alb", "\xa9cpy"];
const keptInList =
  "\xa9nam \xa9ART aART \xa9alb \xa9gen \xa9day \xa9wrt \xa9grp gnre desc ldes trkn disk cprt cpil pgap pcst catg keyw tvsh tven tves tvsn stik rtng hdvd covr";
const [mostBoxes, largestCover] = [20_000, 8_000_000];

/**
 * Takes place, device and private notes out of an MP4, MOV or M4A where it lies: the boxes that hold them become `free` and
 * their content zero, so that nothing moves and no sample is touched. PublicError 422 when its boxes do not fit together.
 */
export async function dropIsoMetadata(file: Patchable): Promise<void> {
  await new IsoFile(file).clean();
}

class IsoFile {
  readonly #file: Patchable;
  #seen = 0;

  constructor(file: Patchable) {
    this.#file = file;
  }

  async clean(): Promise<void> {
    for (const box of await this.#boxes(0, this.#file.size)) {
      if (box.type === "moov") await this.#cleanMovie(box);
      else if (box.type === "meta") await this.#cleanMeta(box);
      else if (box.type === "uuid" || box.type === "udta") await this.#free(box);
    }
  }

  async #cleanMovie(parent: Box): Promise<void> {
    for (const box of await this.#boxes(parent.body, parent.end)) {
      if (box.type === "udta") await this.#cleanUserData(box);
      else if (box.type === "meta") await this.#cleanMeta(box);
      else if (box.type === "uuid") await this.#free(box);
      // A track of metadata holds where the camera was, second by second.
      else if (box.type === "trak") await ((await this.#isMetadataTrack(box)) ? this.#free(box) : this.#cleanMovie(box));
    }
  }

  async #isMetadataTrack(track: Box): Promise<boolean> {
    const media = (await this.#boxes(track.body, track.end)).find(({ type }) => type === "mdia");
    return media !== undefined && (await this.#handlerIn(media)) === "meta";
  }

  async #cleanUserData(parent: Box): Promise<void> {
    for (const box of await this.#boxes(parent.body, parent.end)) {
      if (box.type === "meta") await this.#cleanMeta(box);
      else if (!keptInUserData.includes(box.type)) await this.#free(box);
    }
  }

  // Apple's list of title, artist and cover stays, cleaned; every other form of it holds what cameras write.
  async #cleanMeta(box: Box): Promise<void> {
    const start = await this.#file.read(box.body, 8);
    const body = start.toString("latin1", 4, 8) === "hdlr" ? box.body : box.body + 4;
    const inside = { ...box, body: Math.min(body, box.end) };
    if ((await this.#handlerIn(inside)) !== "mdir") return this.#free(box);
    for (const child of await this.#boxes(inside.body, inside.end)) {
      if (child.type === "ilst") await this.#cleanList(child);
      else if (child.type !== "hdlr") await this.#free(child);
    }
  }

  async #cleanList(list: Box): Promise<void> {
    for (const item of await this.#boxes(list.body, list.end)) {
      const isKept = keptInList.split(" ").includes(item.type);
      if (!isKept || (item.type === "covr" && (await this.#holdsExif(item)))) await this.#free(item);
    }
  }

  // One too large to be looked at surely goes: nobody may fill the memory by it.
  async #holdsExif(item: Box): Promise<boolean> {
    if (item.end - item.body > largestCover) return true;
    return (await this.#file.read(item.body, item.end - item.body)).includes("Exif\0");
  }

  async #handlerIn(parent: Box): Promise<string> {
    const handler = (await this.#boxes(parent.body, parent.end)).find(({ type }) => type === "hdlr");
    return handler ? (await this.#file.read(handler.body + 8, 4)).toString("latin1") : "";
  }

  async #boxes(from: number, until: number): Promise<Box[]> {
    const boxes: Box[] = [];
    for (let at = from; until - at >= 8;) {
      if (++this.#seen > mostBoxes) throw broken();
      const head = await this.#file.read(at, 16);
      const short = head.readUInt32BE(0);
      if (short === 0 && from > 0) break; // QuickTime ends a list with four zero bytes
      const isLong = short === 1;
      if (isLong && head.length < 16) throw broken();
      const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? until - at : short;
      if (size < (isLong ? 16 : 8) || at + size > until) throw broken();
      boxes.push({ type: head.toString("latin1", 4, 8), at, body: at + (isLong ? 16 : 8), end: at + size });
      at += size;
    }
    return boxes;
  }

  async #free(box: Box): Promise<void> {
    await this.#file.write(box.at + 4, Buffer.from("free"));
    const zeros = Buffer.alloc(65_536);
    for (let at = box.body; at < box.end; at += zeros.length)
      await this.#file.write(at, zeros.subarray(0, Math.min(zeros.length, box.end - at)));
  }
}

const broken = () =>
  new PublicError("media.broken-film", "This file cannot be read; it may be damaged. Try to save it anew as MP4 or M4A.", 422);
