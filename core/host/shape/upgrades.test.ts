import test from "ava";
import { touch } from "../../blogs/versions.ts";
import { House } from "../../house.ts";
import { flag, int, key, ref, withDefault, type TableShape } from "../../storage/columns.ts";
import { insert } from "../../storage/rows.ts";
import { Storage } from "../../storage/storage.ts";
import { databases, testDatabase } from "../../storage/testing.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { Generation } from "../generation.ts";
import type { Plugin } from "../manifest.ts";
import { pluginRows, storePlugin } from "../plugin-rows.ts";
import { bringUpTables } from "./bring-up.ts";
import { describeUpgrade } from "./upgrade.ts";
import { Upgrades } from "./upgrades.ts";

const basics = { id: "birds", name: "Birds", description: "Birds.", api: 1 } as const;
const seen: TableShape = { name: "p_birds_seen", columns: { id: key(), blog_id: ref(), times: int(0) } };
const rare: TableShape = { ...seen, columns: { ...seen.columns, is_rare: withDefault(flag(), 0) } };
const first: Plugin = { ...basics, version: "1.0.0", tables: [seen] };
const more = {
  number: 1,
  run: async (rows) => void (await rows.run("UPDATE p_birds_seen SET times = times + 1, is_rare = 1")),
} satisfies NonNullable<Plugin["migrations"]>[number];
const second: Plugin = { ...basics, version: "1.1.0", tables: [rare], migrations: [more] };
const loaded = (plugin: Plugin) => ({ plugin, folder: `/nowhere/${plugin.id}`, isBundled: true });
const bird = { id: "1".padStart(26, "0"), blog_id: "b", times: 1 };
const now = new Date("2026-05-01T12:00:00Z");

for (const dialect of databases)
  test(`${dialect}: of two processes that start at once one brings a plugin up to date, its rows once; both run it`, async (t) => {
    const url = await testDatabase(t, dialect);
    const opened = await Promise.all([1, 2].map(() => Storage.open({ url, tables: [], migrations: [], isDurable: false })));
    for (const storage of opened) t.teardown(() => storage.close());
    const [storage] = opened as [Storage];
    await bringUpTables(storage, first, now);
    const row = { id: "birds", version: "1.0.0", state: "enabled", reason: "", isEverywhere: true } as const;
    await storage.write(async (db) => {
      await insert(db, "p_birds_seen", [bird]);
      await storePlugin(db, row, now);
    });
    const from: unknown[] = [];
    const processes = opened.map((own) => {
      const lifecycle = { run: async (_plugin: Plugin, _step: string, about: unknown) => void from.push(about) };
      const log = { debug() {}, info() {}, warn() {}, error: (message: string) => t.fail(message) };
      const scopeOn = () => ({ touch }) as never;
      return new Upgrades(own, lifecycle as never, { clock: { now: () => now }, log, scopeOn } as never);
    });
    const none = { number: 0, plugins: new Map() } as unknown as Generation;

    const rows = await pluginRows(storage);
    const ready = await Promise.all(processes.map((one) => one.ready([loaded(second)], rows, none)));

    t.deepEqual(
      ready.map((list) => list.length),
      [1, 1],
    );
    t.deepEqual(await storage.query("SELECT times, is_rare FROM p_birds_seen"), [{ times: 2, is_rare: 1 }]);
    // On SQLite, where only a command can come beside the server, both may call `upgrade`, which plugins bear.
    const times = dialect === "sqlite" ? from.length : 1;
    t.deepEqual(
      processes.flatMap(({ done }) => done.map(describeUpgrade)),
      Array<string>(times).fill("birds 1.0.0 to 1.1.0: migration 1; tables"),
    );
    t.deepEqual(
      from,
      Array.from({ length: times }, () => ({ from: "1.0.0" })),
    );
    t.is((await pluginRows(storage)).get("birds")?.version, "1.1.0");
  });

test("at the start plugins come to their version; one that cannot is failed, one that is too old is left out, and the rest runs", async (t) => {
  const calls: string[] = [];
  const host = await createTestHost(t, {
    plugins: [
      first,
      { ...basics, id: "trees", version: "1.0.0" },
      { ...basics, id: "nests", version: "1.0.0", requires: { plugins: { birds: "^1.0" } } },
    ],
  });
  const { storage, settings, log, clock } = host.house;
  await storage.write((db) => insert(db, "p_birds_seen", [bird]));
  const start = async (birds: Plugin, schema: "migrate" | "check" = "migrate") => {
    const trees: Plugin = {
      ...basics,
      id: "trees",
      version: "1.0.1",
      lifecycle: { upgrade: async (version) => void calls.push(version) },
    };
    const nests: Plugin = { ...basics, id: "nests", version: "1.0.0", requires: { plugins: { birds: "^1.0" } } };
    const options = { log, clock, isDurable: false, bundled: "/nowhere", schema, plugins: [birds, trees, nests].map(loaded) };
    const house = await House.open(settings, options);
    t.teardown(() => house.close());
    return house;
  };
  const running = ({ host: { current } }: House) => [...current.plugins.keys()];

  const looking = await start(second, "check");
  t.deepEqual(looking.host.upgrades.waiting.map(describeUpgrade), [
    "birds 1.0.0 to 1.1.0: migration 1; tables",
    "trees 1.0.0 to 1.0.1",
  ]);
  t.deepEqual([running(looking), calls], [[], []]);

  const broken = await start({
    ...second,
    migrations: [{ number: 1, run: async (rows) => void (await rows.run("UPDATE p_birds_seen SET moon = 1")) }],
  });
  const [failed] = await broken.host.list();
  t.is(failed?.state, "failed");
  t.regex(failed?.reason ?? "", /^The tables of “birds” could not be brought up to date: migration 1: .*moon/);
  t.deepEqual(running(broken), ["trees"]);
  t.deepEqual(calls, ["1.0.0"]);

  const mended = await start(second);
  t.deepEqual(running(mended), ["trees"], "it stays off until somebody tries again");
  await mended.host.enable("birds");
  t.deepEqual(running(mended).toSorted(), ["birds", "nests", "trees"]);
  t.deepEqual(await storage.query("SELECT times, is_rare FROM p_birds_seen"), [{ times: 2, is_rare: 1 }]);
  t.deepEqual(calls, ["1.0.0"]);

  for (const unfit of [
    { ...second, tables: [seen] },
    { ...second, migrations: [] },
  ]) {
    const [info] = await (await start(unfit)).host.list();
    t.is(info?.state, "failed");
    t.regex(info?.reason ?? "", /does not fit the tables it has here: .*“is_rare”.*declared no more|A newer version of “birds”/);
  }
  const older = await start(first);
  t.like((await older.host.list())[0], { id: "birds", state: "failed" });
  t.regex((await older.host.list())[0]!.reason, /A newer version of “birds” ran here/);
  t.deepEqual(running(older), ["trees"]);
  const newer = await start(second);
  t.deepEqual(running(newer).toSorted(), ["birds", "nests", "trees"], "others are not switched off by it");

  await newer.host.disable("nests");
  await newer.host.disable("birds");
  await newer.host.erase("birds");
  t.deepEqual(await storage.query("SELECT plugin_id FROM plugin_shapes"), []);
});
