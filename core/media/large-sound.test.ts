import test from "ava";
import { mkdtempSync, openSync, closeSync, ftruncateSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeFacts } from "../installation/facts.ts";
import { createTestHost } from "../testing/test-host.ts";
import { storeMedia } from "./library.ts";

// A WAV whose sound is silence: a file with a hole, which takes no room on the disk.
function silence(folder: string, bytes: number): string {
  const path = join(folder, `${bytes}.wav`);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(bytes - 8, 4);
  head.write("WAVEfmt ", 8, "latin1");
  for (const [at, value] of [
    [16, 16],
    [24, 44_100],
    [28, 88_200],
  ] as const)
    head.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    head.writeUInt16LE(value, at);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(bytes - 44, 40);
  const file = openSync(path, "w");
  writeSync(file, head);
  ftruncateSync(file, bytes);
  closeSync(file);
  return path;
}

test("sound may be as large as the installation says, and passes through memory in pieces only", async (t) => {
  const host = await createTestHost(t);
  const folder = mkdtempSync(join(tmpdir(), "rookery-large-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const store = (bytes: number) =>
    storeMedia(host.scope(), host.house.media, { path: silence(folder, bytes), name: "reeds.wav" });
  const set = (audioMegabytes: number) => host.house.storage.write((db) => changeFacts(db, { audioMegabytes }, host.clock.now()));

  await t.throwsAsync(store(200_000_001), { message: /larger than 200 MB/ });
  const before = process.memoryUsage();
  const media = await store(120_000_044);
  const after = process.memoryUsage();
  t.like(media, { type: "audio/wav", bytes: 120_000_044 });
  t.true(Math.abs(media.seconds! - 120_000_000 / 88_200) < 1);
  t.true(
    after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed < 60_000_000,
    "it was never in memory whole",
  );
  await set(500);
  await t.throwsAsync(store(500_000_001), { message: /larger than 500 MB/ });
  await set(1);
  await t.throwsAsync(store(1_000_001), { message: /larger than 1 MB/ });
});
