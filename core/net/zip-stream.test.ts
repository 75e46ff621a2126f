import test from "ava";
import { Readable } from "node:stream";
import { crc32, inflateRawSync } from "node:zlib";
import { zipStream } from "./zip-stream.ts";

/** The files of an archive by its directory, as an unpacking program reads it. */
function filesOf(archive: Buffer): Record<string, string> {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const files: Record<string, string> = {};
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [crc, packed, bytes, length, start] = [16, 20, 24, 28, 42].map((place) =>
      place === 28 ? archive.readUInt16LE(at + place) : archive.readUInt32LE(at + place),
    ) as [number, number, number, number, number];
    const name = archive.toString("utf8", at + 46, at + 46 + length);
    const body = start + 30 + archive.readUInt16LE(start + 26);
    const content = inflateRawSync(archive.subarray(body, body + packed));
    if (content.length !== bytes || crc32(content) !== crc) throw new Error(`${name} is not what the directory says`);
    files[name] = content.toString();
    at += 46 + length;
  }
  return files;
}

test("an archive made while it is read holds every file whole", async (t) => {
  const large = "heron ".repeat(100_000);
  const contents = { "a.txt": "reeds", "Füße.txt": large, "empty.txt": "" };
  async function* entries() {
    for (const [path, text] of Object.entries(contents))
      yield { path, content: Readable.from(text === "" ? [] : [Buffer.from(text)]) };
  }

  const archive = Buffer.concat(await zipStream(entries()).toArray());

  t.deepEqual(filesOf(archive), contents);
});

test("an archive breaks off when a file cannot be read, so that nobody takes a part for the whole", async (t) => {
  async function* entries() {
    yield { path: "a.txt", content: Readable.from([Buffer.from("reeds")]) };
    yield {
      path: "b.txt",
      content: new Readable({
        read() {
          this.destroy(new Error("gone"));
        },
      }),
    };
  }

  await t.throwsAsync(zipStream(entries()).toArray(), { message: "gone" });
});
