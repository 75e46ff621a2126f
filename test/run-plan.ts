import { globSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** How many tests passed and failed. */
export type Outcome = { passed: number; failed: number };

/** Test files that run together, so many at a time. */
export type Pass = { readonly files: readonly string[]; readonly concurrency: number };

const homes = "{core,plugins,themes,admin,test}/**/*.test.ts";
// These start servers whose work is measured or cut off: one after the other on two cores.
const alone = /^test\/(faults|bench)\//;
// These start servers and browsers of their own, on ports and folders of their own, and mostly wait for them: two at a time.
const pairs = [/^test\/conformance\//, /^test\/(journeys|screens)\//];

/** The passes for what was asked: folders, files or parts of their names; nothing asked is everything. */
export function filesFor(root: string, wanted: readonly string[], concurrency: number): Pass[] {
  const all = globSync(homes, { cwd: root, exclude: (name) => String(name).includes("node_modules") }).sort();
  const files = wanted.length === 0 ? all : all.filter((file) => wanted.some((word) => isIn(root, file, word)));
  const passes = [
    { files: files.filter((file) => [alone, ...pairs].every((one) => !one.test(file))), concurrency },
    ...pairs.map((pair) => ({ files: files.filter((file) => pair.test(file)), concurrency: Math.min(2, concurrency) })),
    { files: files.filter((file) => alone.test(file)), concurrency: 1 },
  ];
  return passes.filter((pass) => pass.files.length > 0);
}

function isIn(root: string, file: string, word: string): boolean {
  const path = relative(root, join(root, word));
  const isFolder = statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? file.startsWith(`${path}/`) : file === path || file.includes(word);
}

/** Counts the tests of a TAP stream and passes on what is worth reading: failures with their details. */
export async function readTap(stream: Readable, print: (line: string) => void): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failed: 0 };
  let isFailing = false;
  for await (const line of createInterface({ input: stream })) {
    const result = /^(not )?ok \d+ - (.*)$/.exec(line);
    if (!result) {
      if (isFailing) print(line);
      continue;
    }
    const isAside = /# (SKIP|TODO)/.test(line);
    isFailing = result[1] !== undefined && !isAside;
    if (isFailing) outcome.failed++;
    else if (!isAside) outcome.passed++;
    if (isFailing || isAside) print(`${isFailing ? "✘" : "–"} ${result[2]}`);
  }
  return outcome;
}
