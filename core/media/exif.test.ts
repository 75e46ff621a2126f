import test from "ava";
import sharp from "sharp";
import { cleanImage } from "./image.ts";
import { factsInExif, soundFacts } from "./exif.ts";
import { kindOfFile } from "./kinds.ts";

type Value = readonly [tag: number, type: number, count: number, value: Buffer | number];

/** An Exif block of two directories, with the second at the end of the first. */
function block(first: readonly Value[], inner: readonly Value[] = [], isLittle = true): Buffer {
  const int = (value: number, size: 2 | 4) => {
    const bytes = Buffer.alloc(size);
    if (isLittle) bytes.writeUIntLE(value, 0, size);
    else bytes.writeUIntBE(value, 0, size);
    return bytes;
  };
  const entry = ([tag, type, count, value]: Value, data: Buffer[], from: number) => {
    const head = Buffer.concat([int(tag, 2), int(type, 2), int(count, 4)]);
    // A short value stands at the beginning of its four bytes.
    if (typeof value === "number")
      return Buffer.concat([head, type === 3 ? Buffer.concat([int(value, 2), int(0, 2)]) : int(value, 4)]);
    if (value.length <= 4) return Buffer.concat([head, value, Buffer.alloc(4 - value.length)]);
    const at = from + data.reduce((sum, one) => sum + one.length, 0);
    data.push(value);
    return Buffer.concat([head, int(at, 4)]);
  };
  const directory = (entries: readonly Value[], at: number) => {
    const data: Buffer[] = [];
    const end = at + 2 + 12 * entries.length + 4;
    const all = entries.map((one) => entry(one, data, end));
    return Buffer.concat([int(entries.length, 2), ...all, int(0, 4), ...data]);
  };
  const withInner = (at: number): Value[] => [...first, [0x8769, 4, 1, at]];
  const length = directory(withInner(0), 8).length;
  const start = Buffer.concat([Buffer.from(isLittle ? "II" : "MM"), int(42, 2), int(8, 4)]);
  return Buffer.concat([Buffer.from("Exif\0\0"), start, directory(withInner(8 + length), 8), directory(inner, 8 + length)]);
}

const text = (tag: number, words: string): Value => [tag, 2, Buffer.byteLength(words) + 1, Buffer.from(`${words}\0`)];
const ratio = (tag: number, above: number, below: number, isLittle = true): Value => {
  const bytes = Buffer.alloc(8);
  for (const [at, value] of [above, below].entries())
    if (isLittle) bytes.writeUInt32LE(value, 4 * at);
    else bytes.writeUInt32BE(value, 4 * at);
  return [tag, 5, 1, bytes];
};

for (const isLittle of [true, false])
  test(`the facts of a camera are read from ${isLittle ? "little" : "big"}-endian Exif, and nothing else`, (t) => {
    const inner = [
      ratio(0x829a, 1, 250, isLittle),
      ratio(0x829d, 40, 10, isLittle),
      [0x8827, 3, 1, 200] as const,
      text(0x9003, "2026:05:01 12:30:00"),
      text(0x9011, "+02:00"),
      ratio(0x920a, 35, 1, isLittle),
      text(0xa430, "Kim the Owner"),
      text(0xa431, "SERIAL-1"),
      text(0xa434, "Box 35mm f/2"),
      text(0xa435, "SERIAL-2"),
    ];
    const first = [text(0x010f, "BOX"), text(0x0110, "Box 4"), text(0x013b, "Kim the Artist"), [0x8825, 4, 1, 8] as const];
    t.deepEqual(factsInExif(block(first, inner, isLittle)), {
      camera: "Box 4",
      lens: "Box 35mm f/2",
      focalLength: 35,
      aperture: 4,
      exposure: 0.004,
      iso: 200,
      takenAt: "2026-05-01T12:30:00+02:00",
    });
  });

const far = Buffer.alloc(6 + 8);
far.write("Exif\0\0II*\0", "latin1");
far.writeUInt32LE(0xffff_fff0, 10);
const many = block([text(0x010f, "BOX")]);
many.writeUInt16LE(0xffff, 14);
const circle = block([text(0x0110, "Box 4")]);
circle.writeUInt32LE(8, circle.indexOf(Buffer.from([0x69, 0x87])) + 8);

const hostile: Readonly<Record<string, readonly [Buffer, object]>> = {
  nothing: [Buffer.alloc(0), {}],
  "only a name": [Buffer.from("Exif\0\0"), {}],
  "another kind of block": [Buffer.from("RIFF....WAVE....."), {}],
  "a directory far behind the end": [far, {}],
  "a directory of 65,535 entries": [many, { camera: "BOX" }],
  "a directory inside itself": [circle, { camera: "Box 4" }],
  "a text of 4 GB": [block([[0x0110, 2, 0xffff_ffff, 26]]), {}],
  "a text of 64 KB": [block([text(0x0110, "B".repeat(65_000))]), { camera: "B".repeat(100) }],
  "a text that turns around": [block([text(0x0110, "A\u202eB\u0000C\ud800")]), { camera: "A B" }],
  "values behind the end": [
    block(
      [],
      [
        [0x829a, 5, 1, 60_000],
        [0x8827, 3, 1, 100],
      ],
    ),
    { iso: 100 },
  ],
  "a number where a text belongs": [block([[0x0110, 3, 1, 7]]), {}],
  "a text where a number belongs": [block([], [text(0x829d, "four")]), {}],
  "a division by nothing": [block([], [ratio(0x829d, 4, 0)]), {}],
  "an unknown type": [block([], [[0x829d, 99, 1, 4]]), {}],
  "a day that never was": [block([], [text(0x9003, "2026:99:99 99:99:99")]), {}],
};
for (const [name, [bytes, expected]] of Object.entries(hostile))
  test(`hostile Exif: ${name}`, (t) => t.deepEqual(factsInExif(bytes), expected));

test("whatever bytes an Exif block is changed to, what is read of it is sound", (t) => {
  const good = block([text(0x010f, "BOX"), text(0x0110, "Box 4")], [ratio(0x829a, 1, 250), text(0xa434, "Lens")]);
  for (let at = 0; at < good.length; at++)
    for (const value of [0, 1, 0x7f, 0xff]) {
      const bytes = Buffer.from(good);
      bytes[at] = value;
      const facts = factsInExif(bytes);
      t.deepEqual(soundFacts(JSON.parse(JSON.stringify(facts))), facts);
    }
});

test("a picture is cleaned of everything, and tells what its camera wrote", async (t) => {
  const create = { width: 20, height: 20, channels: 3, background: "teal" } as const;
  const bytes = await sharp({ create })
    .withExif({
      IFD0: { Make: "BOX", Model: "Box 4", Artist: "Kim" },
      IFD2: { FNumber: "4/1" },
      IFD3: { GPSLatitude: "52/1 31/1 0/1" },
    })
    .jpeg()
    .toBuffer();

  const { facts, bytes: clean } = await cleanImage(bytes, kindOfFile(bytes)!);

  t.deepEqual(facts, { camera: "Box 4", aperture: 4 });
  t.is((await sharp(clean).metadata()).exif, undefined);
});
