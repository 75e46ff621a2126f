import test from "ava";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { ZipFile } from "./zip-file.ts";

function folder(t: { teardown(work: () => unknown): void }): string {
  const made = mkdtempSync(join(tmpdir(), "rookery-zip-"));
  t.teardown(() => rmSync(made, { recursive: true }));
  return made;
}

// Reads an archive as unpackers do: from its end, through the list of entries.
function read(path: string): { count: number; files: Map<string, Buffer> } {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0xffff) {
    const large = Number(bytes.readBigUInt64LE(end - 20 + 8));
    count = Number(bytes.readBigUInt64LE(large + 32));
    at = Number(bytes.readBigUInt64LE(large + 48));
  }
  const files = new Map<string, Buffer>();
  for (let n = 0; n < count; n++) {
    const [packed, names, extras] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    const name = bytes.subarray(at + 46, at + 46 + names).toString();
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26);
    const body = bytes.subarray(from, from + packed);
    files.set(name, bytes.readUInt16LE(local + 8) === 8 ? inflateRawSync(body) : Buffer.from(body));
    at += 46 + names + extras;
  }
  return { count, files };
}

async function* chunks(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}

test("small files and files that are read piece by piece come out as they went in", async (t) => {
  const path = join(folder(t), "all.zip");
  const zip = await ZipFile.create(path);
  await zip.add("a/héron.md", "A heron. ".repeat(200));
  await zip.addStream("b.json", chunks("[1,", "2]"));
  await zip.addStream("c.jpg", chunks("\u0001", "\u0002"), true);

  const bytes = await zip.finish();

  const { files } = read(path);
  t.is(bytes, readFileSync(path).length);
  t.deepEqual(
    [...files].map(([name, body]) => [name, body.toString()]),
    [
      ["a/héron.md", "A heron. ".repeat(200)],
      ["b.json", "[1,2]"],
      ["c.jpg", "\u0001\u0002"],
    ],
  );
  t.false(existsSync(`${path}.list`));
});

test("more entries than the old format can count are all there", async (t) => {
  const path = join(folder(t), "many.zip");
  const zip = await ZipFile.create(path);
  for (let n = 0; n < 65_600; n++) await zip.add(`${n}`, "");

  await zip.finish();

  const { count, files } = read(path);
  t.is(count, 65_600);
  t.true(files.has("65599"));
});

test("a source that breaks off leaves nothing behind once the archive is given up", async (t) => {
  const path = join(folder(t), "broken.zip");
  const zip = await ZipFile.create(path);
  const broken = async function* () {
    yield Buffer.from("half");
    throw new Error("the disk went away");
  };

  await t.throwsAsync(zip.addStream("a", broken()), { message: "the disk went away" });
  await zip.abandon();

  t.false(existsSync(path));
  t.false(existsSync(`${path}.list`));
});
