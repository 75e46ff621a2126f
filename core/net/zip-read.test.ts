import test from "ava";
import { zip } from "./zip-write.ts";
import { readZip } from "./zip-read.ts";

const limits = { files: 3, bytes: 1000 };
const file = (path: string, text = "herons") => ({ path, bytes: Buffer.from(text) });
const keyOf = (work: () => unknown) => {
  try {
    work();
    return "taken";
  } catch (error) {
    return (error as { key?: string }).key ?? String(error);
  }
};

test("an archive's files come back with their paths", (t) => {
  const found = readZip(zip([file("a/theme.json", "{}"), file("a/README.md", "x".repeat(500))]), limits);

  t.deepEqual(
    found.map(({ path, bytes }) => [path, bytes.length]),
    [
      ["a/theme.json", 2],
      ["a/README.md", 500],
    ],
  );
});

for (const path of ["../x", "a/../../x", "/etc/passwd", "a\\..\\x", "C:/x", "a//b", "./x", "a/.../x", "", "a\u0000b"])
  test(`a name that could lead elsewhere is refused: ${JSON.stringify(path)}`, (t) => {
    t.is(
      keyOf(() => readZip(zip([file(path)]), limits)),
      "zip.path",
    );
  });

test("too many files, and too much when it is unpacked, are refused before anything is", (t) => {
  t.is(
    keyOf(() => readZip(zip(["a", "b", "c", "d"].map((name) => file(name))), limits)),
    "zip.too-much",
  );
  t.is(
    keyOf(() => readZip(zip([file("bomb", "0".repeat(100_000))]), limits)),
    "zip.too-much",
  );
});

test("an archive that lies about its sizes unpacks no more than it says", (t) => {
  const bomb = zip([file("bomb", "0".repeat(100_000))]);
  const list = bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  bomb.writeUInt32LE(10, list + 24);

  t.is(
    keyOf(() => readZip(bomb, limits)),
    "zip.broken",
  );
});

test("links, passwords, other ways of packing, a name twice, damage and what is no archive are refused", (t) => {
  const changed = (offset: number, value: number, size: 2 | 4 = 2) => {
    const archive = zip([file("a")]);
    const list = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    if (size === 2) archive.writeUInt16LE(value, list + offset);
    else archive.writeUInt32LE(value, list + offset);
    return keyOf(() => readZip(archive, limits));
  };

  t.is(changed(38, (0o120777 << 16) >>> 0, 4), "zip.link");
  t.is(changed(8, 1), "zip.locked");
  t.is(changed(10, 12), "zip.method");
  t.is(changed(16, 1, 4), "zip.broken");
  t.is(changed(42, 0xfffffff0, 4), "zip.broken");
  t.is(
    keyOf(() => readZip(zip([file("a"), file("A")]), limits)),
    "zip.two-files",
  );
  t.is(
    keyOf(() => readZip(Buffer.from("no archive at all, but long enough"), limits)),
    "zip.none",
  );
  t.is(
    keyOf(() => readZip(Buffer.from(""), limits)),
    "zip.none",
  );
  t.is(
    keyOf(() => readZip(zip([file("a")]).subarray(10), limits)),
    "zip.broken",
  );
});
