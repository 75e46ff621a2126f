import test from "ava";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zip } from "../../net/zip-write.ts";
import { machine, setUp, type Machine } from "../machine.testing.ts";

const manifest = { id: "marsh", name: "Marsh", version: "1.0.0", description: "D", license: "MIT", engine: "1", parent: "perch" };
type Sources = Readonly<Record<string, string>>;

/** Writes an archive of files; those of a sound theme unless told otherwise. */
function archive(rookery: Machine, name: string, files: Sources = {}, more: object = {}): string {
  const all = { "theme.json": JSON.stringify({ ...manifest, ...more }), "README.md": "# Marsh", LICENSE: "MIT", ...files };
  const entries = Object.entries(all).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  writeFileSync(join(rookery.folder, name), zip(entries));
  return name;
}

const installed = (rookery: Machine) => {
  const folder = join(rookery.folder, "data/themes");
  return existsSync(folder) ? readdirSync(folder) : [];
};

test("an archive that was zipped here is installed there, worn, and a newer one takes its place", async (t) => {
  const [here, there] = [machine(t), machine(t)];
  await setUp(there);
  const [folder] = (await here(["theme", "new", "nest", "--into", "mine"])).out;
  const setting = { key: "mood", type: "text", label: "Mood", default: "calm", cssVar: "mood" };
  const text = JSON.parse(readFileSync(join(folder!, "theme.json"), "utf8")) as object;
  const write = (more: object) => writeFileSync(join(folder!, "theme.json"), JSON.stringify({ ...text, ...more }));
  writeFileSync(join(folder!, "assets/nest.css"), "p::after { content: var(--mood) }");
  write({ settings: [setting] });
  const [first] = (await here(["theme", "zip", "mine/nest"])).out;
  write({ settings: [setting], version: "0.2.0" });
  const [second] = (await here(["theme", "zip", "mine/nest"])).out;

  t.is((await there(["theme", "install", first!])).code, 0);
  t.is((await there(["theme", "use", "nest", "--blog", "kim.localhost"])).code, 0);
  const again = await there(["theme", "install", second!]);

  t.regex(again.out[0]!, /^nest 0\.2\.0 is installed, in place of 0\.1\.0/);
  const blogs = JSON.parse((await there(["blog", "list", "--json"])).out[0]!) as { theme: string }[];
  t.is(blogs[0]?.theme, "nest");
  t.regex((await there(["theme", "list"])).out.join("\n"), /^nest\t0\.2\.0/m);
  t.deepEqual(
    readdirSync(join(there.folder, "data")).filter(
      (name) => name.startsWith("themes-") && readdirSync(join(there.folder, "data", name)).length > 0,
    ),
    [],
  );
});

test("a theme with errors, one that runs scripts and one that came with Rookery are not installed", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);

  const wrong = await rookery(["theme", "install", archive(rookery, "wrong.zip", { "templates/home.njk": "{% for %}" })]);
  t.is(wrong.code, 1);
  t.regex(wrong.err.join("\n"), /T301 templates\/home\.njk:1[\s\S]*was not installed/);
  const script = archive(rookery, "script.zip", { "assets/a.js": "1" }, { scripts: ["a.js"] });
  t.regex((await rookery(["theme", "install", script])).err.at(-1)!, /It runs a\.js/);
  t.deepEqual(installed(rookery), []);
  t.is((await rookery(["theme", "install", script, "--yes"])).code, 0);
  t.deepEqual(installed(rookery), ["marsh"]);
  t.regex(
    (await rookery(["theme", "install", archive(rookery, "perch.zip", {}, { id: "perch", parent: "base" })])).err.at(-1)!,
    /came with Rookery/,
  );
  t.is((await rookery(["theme", "install", "gone.zip"])).code, 1);
});

test("a theme that would stand above its own parent is refused, and what is there stays", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  await rookery(["theme", "install", archive(rookery, "marsh.zip")]);
  await rookery(["theme", "install", archive(rookery, "reed.zip", {}, { id: "reed", parent: "marsh" })]);

  const circle = await rookery(["theme", "install", archive(rookery, "circle.zip", {}, { parent: "reed", version: "2.0.0" })]);

  t.is(circle.code, 1);
  t.regex(circle.err.join("\n"), /T109 .*marsh → reed → marsh/);
  t.regex((await rookery(["theme", "list"])).out.join("\n"), /^marsh\t1\.0\.0/m);
});

type Hostile = { readonly make: () => Buffer; readonly says: RegExp };
const file = (path: string, text = "x") => ({ path, bytes: Buffer.from(text) });
const sound = [file("theme.json", JSON.stringify(manifest)), file("README.md"), file("LICENSE")];
const entry = Buffer.from([0x50, 0x4b, 1, 2]);
const changed = (offset: number, value: number) => {
  const bytes = zip([file("theme.json", "{}")]);
  bytes.writeUInt32LE(value, bytes.indexOf(entry) + offset);
  return bytes;
};

const hostile: Readonly<Record<string, Hostile>> = {
  "a name that climbs out": { make: () => zip([...sound, file("../../evil.txt")]), says: /could lead elsewhere/ },
  "an absolute name": { make: () => zip([...sound, file("/tmp/evil.txt")]), says: /could lead elsewhere/ },
  "a link": { make: () => changed(38, (0o120777 << 16) >>> 0), says: /holds a link/ },
  "ten thousand files": {
    make: () => zip([...sound, ...Array.from({ length: 10_000 }, (_, at) => file(`assets/${at}.svg`, ""))]),
    says: /holds too much: 500 files and 10 MB/,
  },
  "two gigabytes inside": { make: () => changed(24, 2 ** 31), says: /holds too much/ },
  "a bomb of a thousand to one": {
    make: () => zip([...sound, file("assets/a.css", " ".repeat(11_000_000))]),
    says: /holds too much/,
  },
  "no archive at all": { make: () => Buffer.from("GIF89a and so on and so on"), says: /no zip archive/ },
  "an empty file": { make: () => Buffer.alloc(0), says: /no zip archive/ },
  "a name twice": { make: () => zip([...sound, file("assets/a.css"), file("assets/a.css")]), says: /twice/ },
  "names that differ in capitals only": {
    make: () => zip([...sound, file("assets/A.css"), file("assets/a.css")]),
    says: /twice/,
  },
  "an archive that is cut off": { make: () => zip(sound).subarray(20), says: /damaged/ },
  "no theme.json": { make: () => zip([file("README.md")]), says: /no theme\.json/ },
  "a theme.json that is no JSON": { make: () => zip([file("theme.json", "{")]), says: /names no “id”/ },
  "files beside the theme's folder": {
    make: () => zip([file("marsh/theme.json", JSON.stringify(manifest)), file("other.txt")]),
    says: /zip the folder alone/,
  },
};

test("a hostile archive ends in one plain sentence, and nothing is written", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  mkdirSync(join(rookery.folder, "in"));
  for (const [name, { make, says }] of Object.entries(hostile)) {
    writeFileSync(join(rookery.folder, "in/theme.zip"), make());
    for (const words of [
      ["theme", "install", "in/theme.zip"],
      ["theme", "check", "in/theme.zip"],
    ]) {
      const { code, err, out } = await rookery(words);
      t.is(code, 1, name);
      t.is(err.length, 1, `${name}: ${err.join("\n")}`);
      t.regex(err[0]!, says, name);
      t.deepEqual(out, [], name);
    }
    t.deepEqual(installed(rookery), [], name);
    t.deepEqual(readdirSync(join(rookery.folder, "in")), ["theme.zip"], name);
    t.false(existsSync(join(rookery.folder, "evil.txt")), name);
  }
});

test("an archive is checked as its folder is", async (t) => {
  const rookery = machine(t);

  const { code, out } = await rookery([
    "theme",
    "check",
    archive(rookery, "marsh.zip", { "templates/home.njk": "{{ frob() }}" }),
    "--json",
  ]);

  t.is(code, 1);
  t.like((JSON.parse(out[0]!) as { code: string }[])[0], { code: "T302" });
  t.is((await rookery(["theme", "check", archive(rookery, "fine.zip")])).code, 0);
});
