import test from "ava";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTestHost, pluginContract, type TestHost } from "../../core/testing.ts";
import { blocksOf } from "./markdown.ts";

// What docs/plugin-api/tutorial.md says is done here as it says it: its files, its commands' effects, its sentences.
const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(join(root, "docs/plugin-api/tutorial.md"), "utf8");
const files = blocksOf(page).filter(({ file }) => file !== "");

/** Puts the walk-through's files below a folder, in `plugins/reading-time/`. */
function write(into: string, wanted: (file: string) => boolean): void {
  for (const { file, text } of files.filter((one) => wanted(one.file))) {
    const path = join(into, file.replace(/^data\//, ""));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

const isDropped = (file: string) => file.startsWith("data/");

// Stands for a clone of the repository, with the folder moved to its `plugins/`.
const clone = mkdtempSync(join(tmpdir(), "rookery-tutorial-"));
mkdirSync(join(clone, "node_modules"));
for (const name of ["ava", "typescript", "@types"])
  symlinkSync(join(root, "node_modules", name), join(clone, "node_modules", name));
symlinkSync(root, join(clone, "node_modules/rookery"));
writeFileSync(
  join(clone, "package.json"),
  JSON.stringify({ type: "module", ava: { extensions: ["ts"], files: ["plugins/**/*.test.ts"] } }),
);
write(clone, () => true);
const folder = join(clone, "plugins/reading-time");
test.after.always(() => rmSync(clone, { recursive: true, force: true }));

pluginContract(test, folder);

async function hostWithPlugin(t: Parameters<typeof createTestHost>[0]): Promise<TestHost> {
  const host = await createTestHost(t);
  write(host.folder, isDropped);
  return host;
}

test("the walk-through's folder, dropped in, is listed, and enabled its note stands under each post", async (t) => {
  const host = await hostWithPlugin(t);
  const post = await host.publish({ title: "A walk", text: "We went along the river." });
  const before = (await host.get(post.path)).text;

  t.is((await host.house.host.list()).find(({ id }) => id === "reading-time")?.state, "available");
  await host.house.host.enable("reading-time");

  t.false(before.includes("reading-time"));
  t.regex((await host.get(post.path)).text, /<p class="reading-time">1 min to read<\/p>/);
  t.regex((await host.get("/")).text, /<p class="reading-time">1 min to read<\/p>/);
  t.deepEqual(host.failures(), []);
});

test("the walk-through's settings change the page at once, and a wrong one is refused with its sentence", async (t) => {
  const host = await hostWithPlugin(t);
  await host.house.host.enable("reading-time");
  const post = await host.publish({ text: "word ".repeat(500) });
  t.true((await host.get(post.path)).text.includes("3 min to read"));

  await host.set("reading-time", { wordsPerMinute: 100 });
  t.true((await host.get(post.path)).text.includes("5 min to read"));
  await host.set("reading-time", { label: "About {minutes} minutes & a <bit>" });
  t.true((await host.get(post.path)).text.includes("About 5 minutes &amp; a &lt;bit&gt;"));

  await t.throwsAsync(host.set("reading-time", { wordsPerMinute: 5 }), { message: "Words per minute must be 50 or more." });
});

test("the walk-through's note speaks the blog's language", async (t) => {
  const host = await createTestHost(t, { blogs: [{ host: "kim.example", language: "de" }] });
  write(host.folder, isDropped);
  await host.house.host.enable("reading-time");

  const post = await host.publish({ text: "Wir gingen am Fluss entlang." });

  t.true((await host.get(post.path)).text.includes("1 Min. Lesezeit"));
});

test("the walk-through's plugin, disabled, leaves no trace", async (t) => {
  const host = await hostWithPlugin(t);
  const post = await host.publish({ text: "We went along the river." });
  const before = [(await host.get(post.path)).text, (await host.get("/")).text];
  await host.house.host.enable("reading-time");
  await host.get(post.path);

  await host.house.host.disable("reading-time");

  t.deepEqual([(await host.get(post.path)).text, (await host.get("/")).text], before);
});

test("the walk-through's own test passes", (t) => {
  const ava = join(root, "node_modules/ava/entrypoints/cli.js");

  const result = spawnSync(process.execPath, [ava], { cwd: clone, encoding: "utf8", env: { ...process.env, AVA_FORCE_CI: "" } });

  t.is(result.status, 0, `${result.stdout}${result.stderr}`);
  t.regex(result.stdout, /1 test passed/);
});

test("the walk-through's files are sound TypeScript", (t) => {
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
    include: [join(folder, "*.ts")],
  };
  writeFileSync(join(clone, "tsconfig.json"), JSON.stringify(config));

  const tsc = join(root, "node_modules/.bin/tsc");
  const result = spawnSync(tsc, ["-p", clone, "--pretty", "false"], { encoding: "utf8" });

  t.is(result.stdout.trim(), "");
  t.is(result.status, 0);
});
