import test from "ava";
import { createTables } from "../../storage/migrate.ts";
import { flag, int, key, line, optional, ref, text, withDefault, word, type TableShape } from "../../storage/columns.ts";
import { findTable } from "../../storage/found-tables.ts";
import { insert } from "../../storage/rows.ts";
import type { Storage } from "../../storage/storage.ts";
import { databases, openTestStorage } from "../../storage/testing.ts";
import type { Plugin } from "../manifest.ts";
import { bringUpTables } from "./bring-up.ts";
import type { Migration } from "./migration.types.ts";
import { tablesOf } from "../plugin-data.ts";
import { markErased, shapeRecords } from "./shape-records.ts";

const now = new Date("2026-05-01T12:00:00Z");
const basics = { id: "birds", name: "Birds", description: "Birds.", version: "1.0.0", api: 1 } as const;
const birds = (tables: readonly TableShape[], migrations: readonly Migration[] = []): Plugin => ({
  ...basics,
  tables,
  migrations,
});

const seen = (columns: TableShape["columns"], indexes: NonNullable<TableShape["indexes"]> = []): TableShape => ({
  name: "p_birds_seen",
  columns: { id: key(), blog_id: ref(), ...columns },
  indexes,
});
const nests: TableShape = { name: "p_birds_nests", columns: { id: key(), blog_id: ref(), eggs: int(0) } };

// A plugin's life: 2 only adds, 3 renames, moves and drops, 4 does it with what 2 and 3 brought.
const place = optional(line(40));
const byPlace = { name: "p_birds_seen_place", columns: ["place"] };
const one = birds([seen({ place, times: int(0), weather: word(10) }, [byPlace]), nests]);
const two = birds([
  seen(
    {
      place: optional(line(80)),
      times: int(1),
      weather: optional(word(10)),
      is_rare: withDefault(flag(), 0),
      note: optional(text()),
    },
    [byPlace, { name: "p_birds_seen_rare", columns: ["is_rare"] }],
  ),
  nests,
]);
const third: Migration = {
  number: 1,
  renames: { "p_birds_seen.place": "spot" },
  run: async (rows) => void (await rows.run("UPDATE p_birds_seen SET note = CONCAT(spot, ' ', weather), times = times + 1")),
  dropColumns: { p_birds_seen: { weather: optional(word(10)) } },
  dropTables: [nests],
};
const three = birds(
  [
    seen(
      {
        spot: optional(line(80)),
        times: int(1),
        is_rare: withDefault(flag(), 0),
        note: optional(text()),
        kind: withDefault(word(8), "it's"),
      },
      [{ name: "p_birds_seen_spot", columns: ["spot", "kind"] }],
    ),
  ],
  [third],
);
const fourth: Migration = {
  number: 2,
  renames: { "p_birds_seen.is_rare": "rare", p_birds_seen: "p_birds_sightings" },
  run: async (rows) => void (await rows.run("UPDATE p_birds_sightings SET story = note, times = times + 10")),
  dropColumns: { p_birds_sightings: { note: optional(text()) } },
};
const four = birds(
  [
    {
      name: "p_birds_sightings",
      columns: {
        ...seen({}).columns,
        spot: optional(line(80)),
        times: int(1),
        rare: withDefault(flag(), 0),
        kind: withDefault(word(8), "it's"),
        story: optional(text()),
      },
      indexes: [{ name: "p_birds_one_spot", columns: ["blog_id", "spot"], unique: true }],
    },
  ],
  [third, fourth],
);

async function makeTables(storage: Storage, tables: readonly TableShape[]): Promise<void> {
  const runner = storage.source.createQueryRunner();
  await createTables(runner, tables);
  if (storage.dialect === "mysql") await runner.release();
}

const row = (n: number) => ({ id: `${n}`.padStart(26, "0"), blog_id: "b", place: `place ${n}`, times: n, weather: "rain" });
const fill = (storage: Storage) => storage.write((db) => insert(db, "p_birds_seen", [row(1), row(2)]));

async function shapeOf(storage: Storage, { tables = [] }: Plugin) {
  const found = await Promise.all(tables.map(({ name }) => findTable(storage, name)));
  return found.map((table) => ({
    ...table,
    columns: [...table!.columns].toSorted(),
    indexes: table!.indexes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}

async function emptied(storage: Storage): Promise<void> {
  for (const table of ["p_birds_seen", "p_birds_sightings", "p_birds_nests"])
    await storage.source.query(`DROP TABLE IF EXISTS ${table}`);
  await storage.write((db) => db.run("DELETE FROM plugin_shapes"));
}

/** The database dies right after the n-th change of a table, or commit, until `mend`. */
function dyingAfter(storage: Storage, changes: number): () => void {
  const { source } = storage;
  const original = source.createQueryRunner.bind(source);
  const wrapped = new Map<object, () => void>();
  let left = changes;
  source.createQueryRunner = (...given) => {
    const runner = original(...given);
    if (wrapped.has(runner)) return runner;
    const query = runner.query.bind(runner);
    wrapped.set(runner, () => void (runner.query = query));
    runner.query = (async (sql: string, ...rest: unknown[]) => {
      if (left === 0) throw new Error("The power is gone");
      const answer: unknown = await (query as (...all: unknown[]) => Promise<unknown>)(sql, ...rest);
      if (/^(ALTER|CREATE|DROP|COMMIT)/.test(sql)) left--;
      return answer;
    }) as typeof runner.query;
    return runner;
  };
  return () => {
    source.createQueryRunner = original;
    for (const unwrap of wrapped.values()) unwrap();
  };
}

for (const dialect of databases)
  test(`${dialect}: rows come along from each version to the last, which has the tables of a fresh one, cut off anywhere`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    await bringUpTables(storage, four, now);
    const fresh = await shapeOf(storage, four);
    const stories = [
      ["place 1", "place 1 rain", 12, 0, "it's"],
      ["place 2", "place 2 rain", 13, 0, "it's"],
    ];
    const upgraded = async () => {
      t.deepEqual(await shapeOf(storage, four), fresh);
      const rows = await storage.query("SELECT spot, story, times, rare, kind FROM p_birds_sightings ORDER BY id");
      t.deepEqual(rows.map((one) => Object.values(one)) as unknown[], stories);
      t.is((await shapeRecords(storage)).get("birds")?.step, 2);
      t.is(await findTable(storage, "p_birds_nests"), null);
    };

    // One after the other; MariaDB, where every change of a table takes its time, goes the other way only.
    if (dialect === "sqlite") {
      await emptied(storage);
      await bringUpTables(storage, one, now);
      await fill(storage);
      for (const version of [two, two, three, four, four]) await bringUpTables(storage, version, now);
      await upgraded();
    }

    // At once, from tables that nothing was written down of, and with the power gone again and again.
    await emptied(storage);
    await makeTables(storage, one.tables!);
    await fill(storage);
    let attempts = 0;
    for (let isDone = false; !isDone && attempts < 100; attempts++) {
      // On SQLite all is one transaction, so each attempt gets further; on MariaDB what is done is done.
      const mend = dyingAfter(storage, dialect === "sqlite" ? attempts : 1);
      isDone = await bringUpTables(storage, four, now).then(
        () => true,
        () => false,
      );
      mend();
    }
    t.true(attempts > 10, String(attempts));
    await upgraded();
  });

const problems: [string, Plugin, RegExp][] = [
  ["a column that went without a word", birds([seen({ times: int(0) }), nests]), /“place” of “p_birds_seen” is declared no more/],
  ["a table that went", birds(one.tables!.slice(0, 1)), /“p_birds_nests” is declared no more/],
  [
    "a new column without a value",
    birds([seen({ ...one.tables![0]!.columns, mood: word(5) }), nests]),
    /“mood”.*make it optional\(\), or give it a default/,
  ],
  [
    "a shorter column",
    birds([seen({ ...one.tables![0]!.columns, place: optional(line(9)) }), nests]),
    /“place”.*shorter \(40, now 9\)/,
  ],
  ["another type", birds([seen({ ...one.tables![0]!.columns, times: text() }), nests]), /“times”.*another type/],
  [
    "a column that may be empty no more",
    birds([seen({ ...one.tables![0]!.columns, place: line(40) }), nests]),
    /“place”.*may be empty in rows/,
  ],
  [
    "a migration that fails",
    birds(one.tables!, [
      {
        number: 1,
        renames: {},
        run: async (rows) => {
          await rows.run("UPDATE p_birds_seen SET times = 99");
          await rows.run("UPDATE p_birds_seen SET moon = 1");
        },
      },
    ]),
    /migration 1: .*moon/,
  ],
  [
    "a migration that changes tables itself",
    birds(one.tables!, [{ number: 1, run: async (rows) => void (await rows.run("DROP TABLE p_birds_seen")) }]),
    /migration 1: .*changes rows only/,
  ],
  [
    "rows that an index does not let be",
    birds([seen(one.tables![0]!.columns, [{ name: "p_birds_seen_once", columns: ["blog_id"], unique: true }]), nests]),
    /could not be brought up to date: .*(UNIQUE|Duplicate)/,
  ],
];

test("what only the author can put right is a sentence, and nothing is changed", async (t) => {
  const storage = await openTestStorage(t);
  await bringUpTables(storage, one, now);
  await fill(storage);
  const before = [await shapeOf(storage, one), await storage.query("SELECT * FROM p_birds_seen"), await shapeRecords(storage)];
  for (const [what, plugin, message] of problems) {
    await t.throwsAsync(bringUpTables(storage, plugin, now), { name: "PublicError", message }, what);
    t.deepEqual(
      [await shapeOf(storage, one), await storage.query("SELECT * FROM p_birds_seen"), await shapeRecords(storage)],
      before,
      what,
    );
  }
  await bringUpTables(storage, three, now);
  await t.throwsAsync(bringUpTables(storage, two, now), {
    message: /A newer version of “birds” ran here and changed its tables; 1\.0\.0 does not know them/,
  });
});

test("tables of another plugin whose name begins alike are let be", async (t) => {
  const storage = await openTestStorage(t);
  const other = (id: string, name: string): Plugin => ({
    ...basics,
    id,
    tables: [{ name, columns: { id: key(), blog_id: ref() } }],
  });
  await bringUpTables(storage, other("birds-more", "p_birds_more_rows"), now);

  await t.throwsAsync(bringUpTables(storage, other("birds", "p_birds_more_rows"), now), {
    message: /is the plugin “birds-more”'s/,
  });
  await bringUpTables(storage, one, now);
  await t.notThrowsAsync(bringUpTables(storage, two, now));
  t.deepEqual((await tablesOf(storage, "birds")).toSorted(), ["p_birds_nests", "p_birds_seen"]);
});

test("a plugin that was erased, not to the end, begins with empty tables", async (t) => {
  const storage = await openTestStorage(t);
  await bringUpTables(storage, one, now);
  await fill(storage);
  await storage.write((db) => markErased(db, "birds"));

  await bringUpTables(storage, three, now);

  t.deepEqual(await storage.query("SELECT * FROM p_birds_seen"), []);
  t.deepEqual(await tablesOf(storage, "birds"), ["p_birds_seen"]);
});
