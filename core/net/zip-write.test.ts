import test from "ava";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import { zip } from "./zip-write.ts";

const entries = [
  { path: "mine/theme.json", bytes: Buffer.from("{}") },
  { path: "mine/über.txt", bytes: Buffer.from("ü".repeat(10_000)) },
  { path: "mine/empty", bytes: Buffer.alloc(0) },
];

test("what goes in comes out again, found through the directory at the end", (t) => {
  const archive = zip(entries);
  const end = archive.length - 22;
  t.is(archive.readUInt32LE(end), 0x06054b50);

  const found = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const name = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(at + 20)));
    t.is(crc32(bytes), archive.readUInt32LE(at + 16));
    t.is(archive.toString("utf8", local + 30, local + 30 + name), archive.toString("utf8", at + 46, at + 46 + name));
    found.push({ path: archive.toString("utf8", at + 46, at + 46 + name), bytes });
    at += 46 + name;
  }

  t.deepEqual(found, entries);
});

test("the same files give the same bytes", (t) => {
  t.deepEqual(zip(entries), zip(entries));
});

// Only where it is: the test above holds without it.
const withPython = spawnSync("python3", ["--version"]).status === 0 ? test : null;
withPython?.("another program reads it (python3)", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "rookery-zip-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "a.zip"), zip(entries));

  const { status, stderr } = spawnSync("python3", ["-m", "zipfile", "-e", "a.zip", "out"], { cwd: folder, encoding: "utf8" });

  t.is(status, 0, stderr);
  for (const { path, bytes } of entries) t.deepEqual(readFileSync(join(folder, "out", path)), bytes);
});
