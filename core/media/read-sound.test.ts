import { randomBytes } from "node:crypto";
import test from "ava";
import { kindOfFile } from "./kinds.ts";
import { heardKind, readSound } from "./read-sound.ts";
import { m4a, mp3, wav, webm } from "./sound.testing.ts";

const heard = (bytes: Buffer) => heardKind({ bytes }, kindOfFile(bytes)!);
const id3 = (size: number, rest: Buffer) =>
  Buffer.concat([Buffer.from("ID3\x03\0\0", "latin1"), Buffer.from([21, 14, 7, 0].map((shift) => (size >> shift) & 0x7f)), rest]);

test("sound is measured: WAV, MP3 and M4A", async (t) => {
  t.is((await heard(wav(3))).seconds, 3);
  t.is((await heard(m4a(12))).seconds, 12);
  t.true(Math.abs((await heard(mp3(3))).seconds! - 3) < 0.08);
  const tagged = id3(1000, Buffer.concat([Buffer.alloc(1000), mp3(3)]));
  t.true(Math.abs((await heard(tagged)).seconds! - 3) < 0.08);
});

test("a recording from a browser is sound, and as long as its last block says", async (t) => {
  t.deepEqual(await heard(webm(2, 30)), { kind: { type: "audio/webm", ending: "webm", group: "audio" }, seconds: 30 });
  t.like(await heard(webm(1, 30)), { kind: { group: "video" }, seconds: 30 } as never);
});

test("eight hours are measured too", async (t) => {
  const { seconds } = await heard(mp3(8 * 3600));
  t.true(Math.abs(seconds! - 8 * 3600) < 1, String(seconds));
});

test("headers that lie are not believed", async (t) => {
  const long = wav(3);
  long.writeUInt32LE(8000 * 36_000, 40);
  t.is((await heard(long)).seconds, 3);
  t.true(Math.abs((await heard(mp3(3, 1_000_000))).seconds! - 3) < 0.08, "a Xing header of twenty hours");
  t.is((await heard(m4a(12, 36_000))).seconds, 12, "a movie header of ten hours");
  t.is((await heard(m4a(12, 0))).seconds, 12, "a movie header of nothing");
  const sparse = m4a(12);
  sparse.writeUInt32BE(0x7fffffff, sparse.indexOf("stts") + 12);
  t.is((await heard(sparse)).seconds, null, "a table that claims centuries tells nothing");
});

test("what is no sound is refused by what it is", async (t) => {
  const refused = { message: "There is no sound in this file that could be played." };
  const empty = [wav(0), mp3(0.072), id3(1000, Buffer.alloc(1000)), id3(0xfffffff, Buffer.alloc(64))];
  for (const bytes of empty) await t.throwsAsync(heard(bytes), refused);
  const text = Buffer.concat([Buffer.from("ID3"), Buffer.from("<script>alert(1)</script>".repeat(400))]);
  await t.throwsAsync(heard(text), refused);
  await t.throwsAsync(heard(Buffer.from("OggS but then nothing of the kind".repeat(20))), refused);
  await t.throwsAsync(heard(Buffer.concat([Buffer.from("RIFF\xff\xff\xff\xffWAVE", "latin1"), randomBytes(5000)])), refused);
  await t.throwsAsync(heard(Buffer.from("\0\0\0\x18ftypM4A \0\0\0\0M4A mp42moov", "latin1")), refused);
});

test("noise under every beginning ends in an answer", async (t) => {
  for (const head of ["ID3\x04\0\0\x7f\x7f\x7f\x7f", "OggS\0\x02", "\x1a\x45\xdf\xa3\x01", "\xff\xfb\x90\0"]) {
    const bytes = Buffer.concat([Buffer.from(head, "latin1"), randomBytes(20_000)]);
    const sound = await readSound({ bytes }, kindOfFile(bytes)!.type);
    t.true(sound === null || sound.seconds === null || sound.seconds >= 0);
  }
});
