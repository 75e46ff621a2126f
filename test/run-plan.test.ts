import test from "ava";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { filesFor, readTap } from "./run-plan.ts";

function project(t: { teardown(work: () => unknown): void }): string {
  const root = mkdtempSync(join(tmpdir(), "rookery-plan-"));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  for (const file of [
    "core/a/a.test.ts",
    "core/ab/b.test.ts",
    "plugins/feeds/feeds.test.ts",
    "test/conformance/standard.test.ts",
    "test/journeys/first.test.ts",
    "test/faults/cut-off.test.ts",
    "core/a/a.ts",
  ]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  return root;
}

test("everything runs in a quick pass, then, two at a time, what starts servers and browsers, then, alone, what is cut off or measured", (t) => {
  t.deepEqual(filesFor(project(t), [], 4), [
    { files: ["core/a/a.test.ts", "core/ab/b.test.ts", "plugins/feeds/feeds.test.ts"], concurrency: 4 },
    { files: ["test/conformance/standard.test.ts"], concurrency: 2 },
    { files: ["test/journeys/first.test.ts"], concurrency: 2 },
    { files: ["test/faults/cut-off.test.ts"], concurrency: 1 },
  ]);
});

test("a folder means that folder alone, a file itself, another word a part of the name", (t) => {
  const root = project(t);
  const files = (word: string) => filesFor(root, [word], 2).flatMap((pass) => pass.files);

  t.deepEqual(files("core/a"), ["core/a/a.test.ts"]);
  t.deepEqual(files("./plugins/feeds/"), ["plugins/feeds/feeds.test.ts"]);
  t.deepEqual(files("core/ab/b.test.ts"), ["core/ab/b.test.ts"]);
  t.deepEqual(files("first"), ["test/journeys/first.test.ts"]);
  t.deepEqual(files("nothing"), []);
});

test("results are counted; what failed is printed with its details, what passed is not", async (t) => {
  const lines: string[] = [];
  const tap = [
    "TAP version 13",
    "ok 1 - works",
    "not ok 2 - breaks",
    "  ---",
    "  at: here",
    "  ...",
    "ok 3 - later # SKIP",
    "ok 4 - works",
  ];

  t.deepEqual(await readTap(Readable.from(tap.map((line) => `${line}\n`)), (line) => lines.push(line)), { passed: 2, failed: 1 });

  t.deepEqual(lines, ["✘ breaks", "  ---", "  at: here", "  ...", "– later # SKIP"]);
});
