import test from "ava";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dropId3Metadata } from "./drop-id3-metadata.ts";
import { dropIsoMetadata } from "./drop-iso-metadata.ts";
import { patch } from "./incoming.ts";

const latin = (text: string) => Buffer.from(text, "latin1");

function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + body.length);
  return Buffer.concat([size, latin(type), body]);
}

const zeros = (count: number) => Buffer.alloc(count);
const handler = (type: string) => box("hdlr", zeros(8), latin(type), zeros(13));
const data = (text: string) => box("data", zeros(8), latin(text));

const place = "+52.5200+013.4050/";
const userData = box(
  "udta",
  box("\xa9xyz", zeros(4), latin(place)),
  box("loci", latin(place)),
  box("name", latin("A heron")),
  box("\xa9mak", latin("Camera")),
  zeros(4),
);
const song = box(
  "meta",
  zeros(4),
  handler("mdir"),
  box("ilst", box("\xa9nam", data("Reeds")), box("----", data("serial 42")), box("covr", data("\xff\xd8\xff\xe1Exif\0\0GPS"))),
);
const camera = box("meta", handler("mdta"), box("keys", latin("com.apple.quicktime.location.ISO6709")), box("ilst", data(place)));
const film = Buffer.concat([
  box("ftyp", latin("isom")),
  box(
    "moov",
    box("mvhd", zeros(100)),
    box("trak", box("tkhd", zeros(80)), userData, box("mdia", handler("vide"))),
    userData,
    song,
    camera,
    box("trak", box("mdia", handler("meta"), box("minf", latin("telemetry")))),
  ),
  box("uuid", latin("<x:xmpmeta>"), latin(place)),
  box("mdat", latin("frames")),
]);

test("place and device go out of a film, title and frames stay where they are", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "rookery-film-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "film.mp4");
  writeFileSync(path, film);

  await patch({ path }, dropIsoMetadata);

  const clean = readFileSync(path);
  t.is(clean.length, film.length);
  const text = clean.toString("latin1");
  for (const gone of [place, "Camera", "serial 42", "Exif", "ISO6709", "telemetry", "xmpmeta", "\xa9xyz"])
    t.false(text.includes(gone), gone);
  for (const kept of ["A heron", "Reeds", "\xa9nam", "vide"]) t.true(text.includes(kept), kept);
  t.is(clean.indexOf("mdat"), film.indexOf("mdat"));
  t.true(text.endsWith("frames"));
});

test("a film whose boxes do not fit together is refused with a sentence", async (t) => {
  const broken = Buffer.from(film);
  broken.writeUInt32BE(7, broken.indexOf("moov") - 4);
  for (const bytes of [broken, Buffer.concat([box("ftyp", latin("isom")), latin("\0\0\x10\0moov")])])
    await t.throwsAsync(patch({ bytes }, dropIsoMetadata), { message: /cannot be read/ });
});

function frame(id: string, body: string): Buffer {
  const head = Buffer.alloc(10);
  head.write(id, "latin1");
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, latin(body)]);
}

function song3(version: number, flags: number, ...frames: readonly Buffer[]): Buffer {
  const tag = Buffer.concat(frames);
  const size = [21, 14, 7, 0].map((shift) => (tag.length >> shift) & 0x7f);
  return Buffer.concat([latin("ID3"), Buffer.from([version, 0, flags, ...size]), tag, latin("\xff\xfbsound")]);
}

test("attached objects and private notes go out of an MP3, title and sound stay", async (t) => {
  const frames = [
    frame("GEOB", "\0application/json\0a\0b\0{secret}"),
    frame("TIT2", "\0Reeds"),
    frame("PRIV", "owner\0serial"),
    frame("TXXX", "\0Location\0" + place),
    frame("TXXX", "\0mood\0calm"),
  ];
  const bytes = song3(3, 0, ...frames);

  await patch({ bytes }, dropId3Metadata);

  const text = bytes.toString("latin1");
  for (const gone of ["GEOB", "secret", "PRIV", "serial", place]) t.false(text.includes(gone), gone);
  for (const kept of ["TIT2", "Reeds", "calm"]) t.true(text.includes(kept), kept);
  t.true(text.endsWith("\xff\xfbsound"));
});

test("a tag that cannot be taken apart surely becomes empty; a song without one stays as it is", async (t) => {
  for (const bytes of [song3(4, 0x80, frame("PRIV", "serial")), song3(2, 0, latin("GEO\0\0\x06serial"))]) {
    const { length } = bytes;
    await patch({ bytes }, dropId3Metadata);
    t.false(bytes.includes("serial"));
    t.true(bytes.subarray(0, length).toString("latin1").endsWith("\xff\xfbsound"));
  }
  const twice = Buffer.concat([
    song3(3, 0, frame("TIT2", "\0Reeds")).subarray(0, -7),
    song3(3, 0, frame("PRIV", "owner\0serial")),
  ]);
  await patch({ bytes: twice }, dropId3Metadata);
  t.false(twice.includes("serial"), "a second tag behind the first");
  t.true(twice.includes("Reeds") && twice.toString("latin1").endsWith("\xff\xfbsound"));
  const plain = latin("\xff\xfbsound");
  await patch({ bytes: plain }, dropId3Metadata);
  t.deepEqual(plain, latin("\xff\xfbsound"));
});
