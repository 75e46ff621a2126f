import test from "ava";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
// @ts-expect-error plain JavaScript, because it runs on the machine's own Node
import { install } from "./install.mjs";

type Install = (root: string, level: "run" | "all", options: { say(line: string): void }) => string | null;

const lock = {
  packages: {
    "": { name: "x" },
    "node_modules/koa": { version: "3.3.0" },
    "node_modules/ava": { version: "8.0.1", dev: true },
    "node_modules/other-system": { optional: true },
    "node_modules/node": { version: "26.10.0", dev: true },
  },
};

function project(t: { teardown(work: () => unknown): void }, there: Record<string, unknown>): string {
  const root = mkdtempSync(join(tmpdir(), "rookery-install-"));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
  writeFileSync(join(root, "package-lock.json"), JSON.stringify(lock));
  writeFileSync(join(root, "node_modules/.package-lock.json"), JSON.stringify({ packages: there }));
  writeFileSync(join(root, "node_modules/.bin/node"), "");
  return root;
}

const run = install as Install;

test("a folder where somebody installed everything by hand is taken as it is", (t) => {
  const root = project(t, lock.packages);
  const said: string[] = [];

  t.is(run(root, "all", { say: (line) => said.push(line) }), null);
  t.is(run(root, "run", { say: (line) => said.push(line) }), null);
  t.deepEqual(said, []);
});

test("what production needs is enough to run, without installing", (t) => {
  const { "node_modules/ava": _ava, ...rest } = lock.packages;
  const root = project(t, rest);
  const said: string[] = [];

  t.is(run(root, "run", { say: (line) => said.push(line) }), null);
  t.deepEqual(said, []);
});
