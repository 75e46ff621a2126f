import test, { type ExecutionContext } from "ava";
import { mkdtempSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { largestPart, PartialUploads, partsFolder, sweepUploads } from "./resumable.ts";

const kim = { accountId: "kim", blogId: "birds" };
const now = new Date("2026-05-01T12:00:00.000Z");
const song = Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0\0", "latin1"), Buffer.alloc(90, 7)]);

function folderFor(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), "rookery-parts-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a file that comes in parts goes on after a restart, and is finished once", async (t) => {
  const folder = folderFor(t);
  const wanted = { name: "reeds.mp3", size: song.length, key: "a" };
  const first = new PartialUploads(folder);
  const begun = await first.begin(kim, wanted, now);
  t.is(await first.append(begun, 0, song.subarray(0, 40)), 40);

  const second = new PartialUploads(folder);
  const again = await second.begin(kim, wanted, now);
  t.deepEqual(again, begun);
  t.is(await second.received(again), 40);
  await t.throwsAsync(second.append(again, 0, song.subarray(0, 40)), { message: /byte 40/ });
  await t.throwsAsync(
    second.finish(again, async () => "no"),
    { message: /60 bytes/ },
  );
  t.is(await second.append(again, 40, song.subarray(40)), 100);

  const seen: Buffer[] = [];
  const keep = async (path: string) => {
    seen.push(readFileSync(path));
    return "01FILE";
  };
  t.deepEqual(await Promise.all([second.finish(again, keep), second.finish(again, keep)]), ["01FILE", "01FILE"]);
  t.deepEqual(seen, [song]);
  t.deepEqual(await readdir(partsFolder(folder)), [`${begun.id}.json`]);
});

test("nobody else's upload is found; the same key of another person is another upload", async (t) => {
  const uploads = new PartialUploads(folderFor(t));
  const begun = await uploads.begin(kim, { name: "x", size: 100, key: "a" }, now);

  const lee = { ...kim, accountId: "lee" };
  t.is(await uploads.find(lee, begun.id), null);
  t.is(await uploads.find({ ...kim, blogId: "reeds" }, begun.id), null);
  t.is(await uploads.find(kim, "../../secret"), null);
  t.not((await uploads.begin(lee, { name: "x", size: 100, key: "a" }, now)).id, begun.id);
});

test("what is too large, of a wrong kind, more than was said, or one too many is refused", async (t) => {
  const folder = folderFor(t);
  const uploads = new PartialUploads(folder);
  const begin = (size: number, key = "a") => uploads.begin(kim, { name: "x", size, key }, now);

  await t.throwsAsync(begin(501_000_000), { message: /500 MB/ });
  const low = new PartialUploads(folder, async () => ({ image: 1_000_000, audio: 3_000_000, video: 2_000_000 }));
  await t.throwsAsync(low.begin(kim, { name: "x", size: 3_000_001, key: "low" }, now), { message: /3 MB/ });
  await t.throwsAsync(begin(Number.NaN), { message: /how many bytes/ });
  const picture = await begin(21_000_000, "picture");
  await t.throwsAsync(uploads.append(picture, 0, Buffer.from("\x89PNG\r\n\x1a\n rest", "latin1")), { message: /20 MB/ });
  const page = await begin(100, "page");
  await t.throwsAsync(uploads.append(page, 0, Buffer.from("<!doctype html>")), { message: /cannot be uploaded/ });
  t.deepEqual(await readdir(partsFolder(folder)), []);
  const short = await begin(50, "short");
  await t.throwsAsync(uploads.append(short, 0, song), { message: /beyond the size/ });
  for (let n = 1; n < 10; n++) await begin(100, `more ${n}`);
  await t.throwsAsync(begin(100, "last"), { message: /10 uploads/ });
  t.true(largestPart <= 8 * 1024 * 1024);
});

test("uploads that nobody went on with for a day are swept, others are not", async (t) => {
  const folder = folderFor(t);
  const uploads = new PartialUploads(folder);
  const [old, young] = [
    await uploads.begin(kim, { name: "x", size: 9, key: "old" }, now),
    await uploads.begin(kim, { name: "x", size: 9, key: "young" }, now),
  ];
  for (const [{ id }, hours] of [
    [old, 25],
    [young, 23],
  ] as const)
    for (const ending of ["json", "part"])
      utimesSync(join(partsFolder(folder), `${id}.${ending}`), now, new Date(now.getTime() - hours * 3_600_000));

  await sweepUploads(folder, now);

  t.deepEqual((await readdir(partsFolder(folder))).toSorted(), [`${young.id}.json`, `${young.id}.part`]);
});

test("parts that come at once to an upload that is refused meanwhile are told that there is none", async (t) => {
  const uploads = new PartialUploads(folderFor(t));
  const begun = await uploads.begin(kim, { name: "what", size: null, key: "a" }, now);
  const parts = await Promise.allSettled([1, 2, 3].map(() => uploads.append(begun, null, Buffer.alloc(20, 65))));
  const keys = parts.map((part) => (part.status === "rejected" ? (part.reason as { key?: string }).key : "taken"));
  t.deepEqual(keys, ["media.type-of-part", "upload.unknown", "upload.unknown"]);
  await t.throwsAsync(
    uploads.finish(begun, async () => "no"),
    { message: /no upload/ },
  );
  await t.throwsAsync(uploads.received(begun), { message: /no upload/ });
});
