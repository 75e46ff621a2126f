import type { PictureFacts } from "../hooks/values.ts";

const mostEntries = 200;
const mostBytes = 262_144;
const longestText = 100;

// Exif 3.0 §4.6. What is not named here is never looked at: place (0x8825), owner (0xa430), serial numbers (0xa431, 0xa435).
const tags = {
  make: 0x010f,
  model: 0x0110,
  exposure: 0x829a,
  aperture: 0x829d,
  iso: 0x8827,
  exif: 0x8769,
  takenAt: 0x9003,
  offset: 0x9011,
  focalLength: 0x920a,
  lens: 0xa434,
} as const;
const sizes: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8 };

/**
 * What a camera wrote of a picture: camera, lens, and how it was taken. Takes an Exif block (with or without its name before it);
 * what is out of bounds or makes no sense is as if it were not there. Reads the two directories that hold these facts and follows
 * no others, so nothing in the block can make it turn in a circle.
 */
export function factsInExif(block: Uint8Array): PictureFacts {
  const bytes = Buffer.from(block.buffer, block.byteOffset, Math.min(block.byteLength, mostBytes));
  const tiff = bytes.toString("latin1", 0, 6) === "Exif\0\0" ? bytes.subarray(6) : bytes;
  const reader = new Tiff(tiff);
  const first = reader.directory(reader.first);
  const inner = reader.directory(reader.number(first.get(tags.exif)) ?? 0);
  const [make, model] = [reader.text(first.get(tags.make)), reader.text(first.get(tags.model))];
  // Many models begin with the name of their maker.
  const camera = make && model?.toLowerCase().startsWith(make.toLowerCase().split(" ")[0]!) ? model : `${make} ${model}`.trim();
  return soundFacts({
    camera,
    lens: reader.text(inner.get(tags.lens)),
    focalLength: reader.number(inner.get(tags.focalLength)),
    aperture: reader.number(inner.get(tags.aperture)),
    exposure: reader.number(inner.get(tags.exposure)),
    iso: reader.number(inner.get(tags.iso)),
    takenAt: momentOf(reader.text(inner.get(tags.takenAt)), reader.text(inner.get(tags.offset))),
  });
}

/** Of anything, what are facts of a picture: the known names, with values of their kind and in their bounds. */
export function soundFacts(given: unknown): PictureFacts {
  const told = (typeof given === "object" && given !== null ? given : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof told[name] === "string" && told[name] !== "" ? told[name].slice(0, longestText) : null);
  const number = (name: string, most: number) => {
    const value = told[name];
    return typeof value === "number" && value > 0 && value <= most ? Number(value.toPrecision(6)) : null;
  };
  const takenAt = text("takenAt");
  const facts = {
    camera: text("camera"),
    lens: text("lens"),
    focalLength: number("focalLength", 10_000),
    aperture: number("aperture", 1000),
    exposure: number("exposure", 86_400),
    iso: number("iso", 10_000_000),
    takenAt: takenAt !== null && isMoment(takenAt) ? takenAt : null,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)) as PictureFacts;
}

// `2026:05:01 12:30:00`, with the zone beside it in newer cameras; without one it is the camera's clock, wherever that was.
function momentOf(text: string, offset: string): string {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
  if (!match) return "";
  const zone = /^[+-]\d\d:\d\d$/.test(offset) ? offset : "";
  return `${match[1]}-${match[2]}-${match[3]}T${match[4]}${zone}`;
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d)?$/.test(text) && !Number.isNaN(Date.parse(text));

/** An entry of a directory: its type, how many values, and where they lie. */
type Entry = { readonly type: number; readonly count: number; readonly at: number };

class Tiff {
  readonly #bytes: Buffer;
  readonly #isLittle: boolean;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#isLittle = bytes.toString("latin1", 0, 4) === "II*\0";
  }

  /** Where the first directory begins; 0 when this is no such block. */
  get first(): number {
    const isBig = this.#bytes.toString("latin1", 0, 4) === "MM\0*";
    return this.#isLittle || isBig ? this.#int(4, 4) : 0;
  }

  directory(at: number): ReadonlyMap<number, Entry> {
    const entries = new Map<number, Entry>();
    if (at < 8 || at + 2 > this.#bytes.length) return entries;
    const many = Math.min(this.#int(at, 2), mostEntries);
    for (let n = 0; n < many; n++) {
      const from = at + 2 + 12 * n;
      if (from + 12 > this.#bytes.length) break;
      const [type, count] = [this.#int(from + 2, 2), this.#int(from + 4, 4)];
      const size = (sizes[type] ?? Infinity) * count;
      const value = size <= 4 ? from + 8 : this.#int(from + 8, 4);
      if (count > 0 && value + size <= this.#bytes.length) entries.set(this.#int(from, 2), { type, count, at: value });
    }
    return entries;
  }

  text(entry: Entry | undefined): string {
    if (entry?.type !== 2) return "";
    const text = this.#bytes.toString("utf8", entry.at, entry.at + Math.min(entry.count, 4 * longestText));
    return text
      .split("\0")[0]!
      .replace(/[\p{Cc}\p{Cf}\ufffd]+/gu, " ")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, longestText)
      .toWellFormed();
  }

  number(entry: Entry | undefined): number | null {
    if (!entry || entry.type < 3) return null;
    if (entry.type < 5) return this.#int(entry.at, sizes[entry.type]!);
    const below = this.#int(entry.at + 4, 4);
    return below === 0 ? null : this.#int(entry.at, 4) / below;
  }

  #int(at: number, size: number): number {
    if (at + size > this.#bytes.length) return 0;
    return this.#isLittle ? this.#bytes.readUIntLE(at, size) : this.#bytes.readUIntBE(at, size);
  }
}
