import test from "ava";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import tar from "tar-stream";
import { readSettings } from "../settings/settings.ts";
import { machine, setUp } from "../cli/machine.testing.ts";
import { parseManifest } from "./manifest.ts";
import { restoreBackup } from "./restore-backup.ts";

type Damage = (manifest: Record<string, unknown>) => unknown;
const first = (manifest: Record<string, unknown>, list: string) => (manifest[list] as Record<string, unknown>[])[0]!;

const folder = mkdtempSync(join(tmpdir(), "rookery-manifest-"));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test.before(async (t) => {
  const rookery = machine({ teardown: () => undefined });
  await setUp(rookery);
  t.is((await rookery(["backup", join(folder, "all.tar")])).code, 0);
  rmSync(rookery.folder, { recursive: true, force: true });
});

async function withManifest(change: (text: string) => string): Promise<Buffer> {
  const [extract, pack] = [tar.extract(), tar.pack()];
  Readable.from([readFileSync(join(folder, "all.tar"))]).pipe(extract);
  const whole = buffer(pack);
  for await (const entry of extract) {
    const bytes = await buffer(entry as unknown as Readable);
    const isManifest = entry.header.name === "manifest.json";
    pack.entry({ name: entry.header.name }, isManifest ? change(bytes.toString()) : bytes);
  }
  pack.finalize();
  return whole;
}

for (const [what, damage] of [
  ["nothing in it", () => null],
  ["a text in it", () => "rookery-backup-1"],
  ["no migrations", (manifest) => ({ ...manifest, migrations: undefined })],
  ["migrations that are none", (manifest) => ({ ...manifest, migrations: [null] })],
  ["no tables", (manifest) => ({ ...manifest, tables: {} })],
  ["a table of nothing", (manifest) => ({ ...manifest, tables: [null] })],
  ["a table without columns", (manifest) => (delete first(manifest, "tables").columns, manifest)],
  ["a column of no type", (manifest) => (Object.assign(first(manifest, "tables"), { columns: { id: {} } }), manifest)],
  ["a table without a hash", (manifest) => (delete first(manifest, "tables").digest, manifest)],
  ["a table of another name", (manifest) => (Object.assign(first(manifest, "tables"), { name: "x; DROP" }), manifest)],
  ["rows of no table", (manifest) => ({ ...manifest, tables: [] })],
  ["files of nothing", (manifest) => ({ ...manifest, entries: [null] })],
  ["no files", (manifest) => ({ ...manifest, entries: [] })],
  ["no date", (manifest) => ({ ...manifest, madeAt: 5 })],
] as [string, Damage][])
  test(`a list of contents with ${what} is one sentence, and nothing is made`, async (t) => {
    const bytes = await withManifest((text) => JSON.stringify(damage(JSON.parse(text) as Record<string, unknown>)));
    const file = join(folder, `${what.replaceAll(" ", "-")}.tar`);
    writeFileSync(file, bytes);
    const rookery = machine(t);

    const { code, err } = await rookery(["restore", file]);

    t.is(code, 1);
    t.is(err.filter((line) => !line.endsWith("…")).length, 1, err.join("\n"));
    t.regex(err.at(-1)!, /^(The backup|This is not a backup).*(another copy|rookery backup)/);
    t.false(existsSync(join(rookery.folder, "data")));
  });

test("a list of contents with any one value changed is refused in a sentence or restores what it says", async (t) => {
  const { entries } = await manifestOf();
  const places = pathsIn(await manifestOf()).filter((path) => !/^(entries|tables)\.([1-9]|\d\d)/.test(path.join(".")));
  t.true(places.length > 20 && entries.length > 0);
  for (const path of places)
    for (const value of [null, 7, "x", [], {}]) {
      const manifest = await manifestOf();
      const last = path.at(-1)!;
      const parent = path.slice(0, -1).reduce((at, name) => (at as Record<string, unknown>)[name], manifest as unknown);
      (parent as Record<string, unknown>)[last] = value;
      try {
        parseManifest(JSON.stringify(manifest));
      } catch (error) {
        t.is((error as Error).name, "PublicError", `${path.join(".")} = ${JSON.stringify(value)}`);
      }
    }
});

test("a whole list of contents is still taken", async (t) => {
  const file = join(folder, "whole.tar");
  writeFileSync(file, await withManifest((text) => text));
  const target = readSettings({ ROOKERY_DATA: join(folder, "restored") }, { cwd: "/" });

  await t.notThrowsAsync(restoreBackup(target, file, () => undefined));
});

async function manifestOf(): Promise<{ entries: unknown[] }> {
  let found = "";
  await withManifest((text) => (found = text));
  return JSON.parse(found) as { entries: unknown[] };
}

function pathsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [...(path.length > 0 ? [path] : []), ...Object.entries(value).flatMap(([name, one]) => pathsIn(one, [...path, name]))];
}
