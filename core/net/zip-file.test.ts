import test from "ava";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ZipFile } from "./zip-file.ts";
import { readZip } from "./zip-read.testing.ts";

function folder(t: { teardown(work: () => unknown): void }): string {
  const made = mkdtempSync(join(tmpdir(), "rookery-zip-"));
  t.teardown(() => rmSync(made, { recursive: true }));
  return made;
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

  const files = readZip(path);
  t.is(bytes, statSync(path).size);
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

  const files = readZip(path);
  t.is(files.size, 65_600);
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
