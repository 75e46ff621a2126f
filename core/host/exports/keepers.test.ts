import test from "ava";
import { join } from "node:path";
import { ZipFile } from "../../net/zip-file.ts";
import { readZip } from "../../net/zip-read.testing.ts";
import { askForExport, exportById } from "../../residents/export/exports.ts";
import type { ExportFile } from "../../residents/export/export-file.ts";
import { writeKept } from "../../residents/export/kept-files.ts";
import { createTestHost } from "../../testing/test-host.ts";
import { definePlugin } from "../define-plugin.ts";
import { keepersOf } from "./keepers.ts";

const signal = new AbortController().signal;
const person = { accountId: "01JKIM00000000000000000000", language: "de" };

function keeping(id: string, files: () => AsyncIterable<ExportFile>, about = () => `What ${id} keeps`) {
  return definePlugin({
    id,
    name: id,
    description: "Keeps.",
    version: "1.0.0",
    api: 1,
    services: { "account.export": () => ({ about: (language) => `${about()} (${language})`, files }) },
  });
}

async function* rows(...all: unknown[]) {
  yield* all;
}

async function* one(name: string, text = "x"): AsyncGenerator<ExportFile> {
  yield { name, text };
}

const tidy = keeping("tidy", async function* () {
  yield { name: "notes/first.md", text: "# Heron" };
  yield { name: "all.json", rows: rows({ n: 1 }, { n: 2 }) };
  yield { name: "none.json", rows: rows() };
  yield { name: "picture", chunks: rows(new Uint8Array([1, 2]), "é") as AsyncIterable<string> };
});
const failing = keeping("failing", async function* () {
  yield* one("before.txt");
  yield {
    name: "half.json",
    rows: (async function* () {
      yield { n: 1 };
      throw new Error("The table is gone");
    })(),
  };
  yield* one("never.txt");
});
const hostile = keeping("hostile", async function* () {
  for (const name of [
    "../../etc/passwd",
    "C:\\windows\\con.txt",
    "/etc/hosts",
    "..",
    "",
    "a/../b.txt",
    "A/B.TXT",
    "a\u202e\u0000.txt",
  ])
    yield* one(name);
  yield* one(`${"long".repeat(100)}.json`);
  yield* one("a/b/c/d/e/f/g.txt");
  yield { name: { toString: () => "../odd" } as never, text: "x" };
  yield { name: "cycle.json", rows: rows(1n) };
});

test("an archive has each plugin's part; one that fails costs only its own, and the README says so", async (t) => {
  const mute = keeping(
    "mute",
    () => one("quiet.txt"),
    () => {
      throw new Error("It cannot say");
    },
  );
  const empty = keeping("empty", () => rows() as AsyncIterable<ExportFile>);
  const host = await createTestHost(t, { plugins: [tidy, failing, hostile, mute, empty] });
  const { storage, settings } = host.house;
  const scope = host.house.scopeOf(host.account, null, "test");
  const id = await storage.write((db) => askForExport(scope, db, { accountId: host.account.id, blogId: null }));

  await host.runJobs();

  const { state, file } = (await exportById(storage, id))!;
  t.is(state, "ready");
  const files = readZip(join(settings.dataFolder, "exports", file));
  const kept = Object.fromEntries([...files].filter(([name]) => name.startsWith("plugins/")));
  t.deepEqual(Object.keys(kept), [
    "plugins/failing/before.txt",
    "plugins/failing/half.json",
    "plugins/hostile/etc/passwd",
    "plugins/hostile/C-/windows/_con.txt",
    "plugins/hostile/etc/hosts",
    "plugins/hostile/file",
    "plugins/hostile/file-2",
    "plugins/hostile/a/b.txt",
    "plugins/hostile/A/B-2.TXT",
    "plugins/hostile/a--.txt",
    `plugins/hostile/${"long".repeat(100).slice(0, 75)}.json`,
    "plugins/hostile/a/b/c/d/g.txt",
    "plugins/hostile/odd",
    "plugins/mute/quiet.txt",
    "plugins/tidy/notes/first.md",
    "plugins/tidy/all.json",
    "plugins/tidy/none.json",
    "plugins/tidy/picture",
  ]);
  t.deepEqual(JSON.parse(String(kept["plugins/failing/half.json"])), [{ n: 1 }]);
  t.deepEqual(JSON.parse(String(kept["plugins/tidy/all.json"])), [{ n: 1 }, { n: 2 }]);
  t.deepEqual(JSON.parse(String(kept["plugins/tidy/none.json"])), []);
  t.deepEqual([...kept["plugins/tidy/picture"]!], [1, 2, 0xc3, 0xa9]);
  t.true(files.has("profile.json"));
  const readme = String(files.get("README.txt"));
  t.regex(readme, /plugins\/tidy\/\n {4}What tidy keeps \(en\)\n\n?/);
  t.regex(readme, /plugins\/failing\/\n {4}What failing keeps \(en\)\n {4}NOT COMPLETE/);
  t.regex(readme, /plugins\/hostile\/\n.*\n {4}NOT COMPLETE/);
  t.notRegex(readme, /empty|The table is gone/);
});

test("a plugin that never answers, or never ends, keeps no archive waiting; a whole archive that cannot be written is no plugin's fault", async (t) => {
  const stuck = keeping("stuck", async function* () {
    yield* one("before.txt");
    await new Promise(() => undefined);
  });
  const flood = keeping("flood", async function* () {
    for (let n = 0; ; n++) yield* one(`${n}.txt`, "x".repeat(1_000));
  });
  const many = keeping("many", async function* () {
    for (let n = 0; ; n++) yield* one(`${n}.txt`, "");
  });
  const host = await createTestHost(t, { plugins: [stuck, flood, many, tidy] });
  const scope = host.house.scopeOf(host.account, null, "test");
  const zip = await ZipFile.create(join(host.folder, "kept.zip"));
  const limits = { bytes: 2_500, files: 10 };

  const parts = await writeKept(keepersOf(scope, 500), { zip, person, signal, folder: "", limits });

  await zip.finish();
  t.deepEqual(
    parts.map(({ pluginId, files, state }) => `${pluginId} ${files} ${state}`),
    ["flood 3 too-large", "many 10 too-large", "stuck 1 failed", "tidy 4 whole"],
  );
  t.is(readZip(join(host.folder, "kept.zip")).get("plugins/flood/2.txt")?.length, 0);
  const full = Object.assign(Object.create(ZipFile.prototype), {
    addStream: async () => {
      throw new Error("ENOSPC");
    },
  }) as ZipFile;
  await t.throwsAsync(writeKept(keepersOf(scope), { zip: full, person, signal, folder: "" }), { message: "ENOSPC" });
  await t.throwsAsync(
    writeKept(keepersOf(scope), { zip: full, person, folder: "", signal: AbortSignal.abort(new Error("Stopped")) }),
    {
      message: "Stopped",
    },
  );
});

test("an archive of a blog asks plugins that are on there what they keep of it, and none what it keeps of people", async (t) => {
  const album = definePlugin({
    id: "album",
    name: "Album",
    description: "Keeps.",
    version: "1.0.0",
    api: 1,
    services: {
      "blog.export": (context) => ({ about: () => "Albums", files: () => one("album.txt", context().blog.host) }),
    },
  });
  const host = await createTestHost(t, { plugins: [tidy, album], blogs: [{ host: "kim.example" }, { host: "ana.example" }] });
  const { storage, settings } = host.house;
  await host.house.host.disable("album", { blog: host.blogs[1]! });
  const folder = join(settings.dataFolder, "exports");
  const kept = async (blogId: string | null) => {
    const id = await storage.write((db) => askForExport(host.scope(), db, { accountId: host.account.id, blogId }));
    await host.runJobs();
    const files = readZip(join(folder, (await exportById(storage, id))!.file));
    return [...files].filter(([name]) => name.includes("plugins/")).map(([name, text]) => `${name}: ${String(text)}`);
  };

  t.deepEqual(await kept(host.blog.id), ["plugins/album/album.txt: kim.example"]);
  t.deepEqual(await kept(host.blogs[1]!.id), []);
  const whole = await kept(null);
  t.true(whole.includes("blogs/kim.example/plugins/album/album.txt: kim.example"));
  t.true(whole.some((line) => line.startsWith("plugins/tidy/notes/first.md")));
  t.false(whole.some((line) => line.startsWith("blogs/ana.example/plugins/")));
});
