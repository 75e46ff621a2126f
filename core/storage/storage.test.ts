import test from "ava";
import { AsyncResource } from "node:async_hooks";
import { DataSource } from "typeorm";
import { coreMigrations } from "../../migrations/index.ts";
import { coreTables } from "../schema.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import { insert, remove, update, upsert } from "./rows.ts";
import { SqliteConnection } from "./sqlite-driver.ts";
import { Storage } from "./storage.ts";
import { bareDatabase, databases, openTestStorage } from "./testing.ts";

const row = (name: string, value = "x") => ({ name, value, updated_at: "2026-05-01T12:00:00.000Z" });
const namesOf = async (storage: Storage) =>
  (await storage.query<{ name: string }>("SELECT name FROM site_settings ORDER BY name")).map((found) => found.name);

test("without a write queue a rollback erases a row that another request was told is stored", async (t) => {
  const url = await bareDatabase(t, "sqlite");
  const naive = await new DataSource({ type: "better-sqlite3", driver: SqliteConnection, database: url.slice(7) }).initialize();
  t.teardown(() => naive.destroy());
  await naive.query("CREATE TABLE words (word TEXT)");

  const failing = naive.createQueryRunner();
  await failing.startTransaction();
  await failing.query("INSERT INTO words VALUES ('doomed')");
  await naive.query("INSERT INTO words VALUES ('acknowledged')"); // another request, which thinks it is on its own
  await failing.rollbackTransaction();

  t.deepEqual(await naive.query("SELECT word FROM words"), []);
});

for (const dialect of databases) {
  test(`${dialect}: a rollback touches nothing but its own rows`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    let fail = () => {};
    const gate = new Promise<void>((_resolve, reject) => (fail = () => reject(new Error("no"))));

    const doomed = storage.write(async (db) => {
      await insert(db, "site_settings", [row("doomed")]);
      await gate;
    });
    const other = storage.write((db) => insert(db, "site_settings", [row("acknowledged")]));
    fail();
    await t.throwsAsync(doomed);
    await other;

    t.deepEqual(await namesOf(storage), ["acknowledged"]);
  });

  test(`${dialect}: the same question gives the columns of the moment, also after the table was changed`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const all = () => storage.query("SELECT * FROM birds");
    await storage.write((db) => db.run("CREATE TABLE birds (name VARCHAR(40))"));
    await storage.write((db) => db.run("INSERT INTO birds VALUES ('swift')"));
    t.deepEqual(
      (await all()).map((found) => ({ ...found })),
      [{ name: "swift" }],
    );

    await storage.write((db) => db.run("ALTER TABLE birds ADD COLUMN eggs INTEGER"));
    await storage.write((db) => db.run("INSERT INTO birds VALUES ('heron', 4)"));

    const names = await storage.query("SELECT b.eggs AS number, b.name FROM birds b ORDER BY b.name");
    t.deepEqual(
      (await all()).map((found) => ({ ...found })),
      [
        { name: "swift", eggs: null },
        { name: "heron", eggs: 4 },
      ],
    );
    t.deepEqual(
      names.map((found) => ({ ...found })),
      [
        { number: 4, name: "heron" },
        { number: null, name: "swift" },
      ],
    );
  });

  test(`${dialect}: a write inside a write is one transaction, and readers outside see none of it before the commit`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const seen: string[][] = [];
    const outside = AsyncResource.bind(() => namesOf(storage)); // keeps the context of a request that is not writing

    await storage.write(async (db) => {
      await insert(db, "site_settings", [row("outer")]);
      await storage.write((inner) => insert(inner, "site_settings", [row("inner")]));
      seen.push(await namesOf(storage), await outside());
    });

    t.deepEqual(seen, [["inner", "outer"], []]);
    t.deepEqual(await namesOf(storage), ["inner", "outer"]);
  });

  test(`${dialect}: an inner failure undoes all, even when the outer work swallows it`, async (t) => {
    const storage = await openTestStorage(t, dialect);

    const outer = storage.write(async (db) => {
      await insert(db, "site_settings", [row("outer")]);
      await storage.write(() => Promise.reject(new Error("inner"))).catch(() => "swallowed");
    });

    await t.throwsAsync(outer, { message: /all of it is undone/ });
    t.deepEqual(await namesOf(storage), []);
  });

  test(`${dialect}: work for after the commit runs once, in order, and never after a failure`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const said: string[] = [];

    await storage.write(async (db) => {
      db.afterCommit(() => said.push("first"));
      await storage.write(async (inner) => inner.afterCommit(() => said.push("second")));
    });
    await t.throwsAsync(
      storage.write(async (db) => {
        db.afterCommit(() => said.push("never"));
        throw new Error("no");
      }),
    );

    t.deepEqual(said, ["first", "second"]);
  });

  test(`${dialect}: a hundred writers at once all get their row in`, async (t) => {
    const storage = await openTestStorage(t, dialect);

    await Promise.all(Array.from({ length: 100 }, (_, n) => storage.write((db) => insert(db, "site_settings", [row(`n${n}`)]))));

    t.is((await namesOf(storage)).length, 100);
  });

  test(`${dialect}: rows are inserted, ignored, changed, merged and removed alike`, async (t) => {
    const storage = await openTestStorage(t, dialect);

    await storage.write(async (db) => {
      t.is(
        await insert(
          db,
          "site_settings",
          Array.from({ length: 60 }, (_, n) => row(`a${n}`)),
        ),
        60,
      );
      t.is(await insert(db, "site_settings", [row("a1", "new")], { ignore: true }), 0);
      t.is((await db.query("SELECT value FROM site_settings WHERE name = 'a1'"))[0]?.value, "x");
      t.is(await update(db, "site_settings", { value: "x" }, { name: "a1" }), 1);
      await upsert(db, "site_settings", row("a1", "merged 🐦"), ["name"]);
      t.is(await remove(db, "site_settings", { name: "a2" }), 1);
      await t.throwsAsync(remove(db, "site_settings", {}));
    });

    t.is((await namesOf(storage)).length, 59);
    t.is(
      (await storage.query<{ value: string }>("SELECT value FROM site_settings WHERE name = ?", ["a1"]))[0]?.value,
      "merged 🐦",
    );
  });

  test(`${dialect}: names that differ only in case or accent are different names`, async (t) => {
    const storage = await openTestStorage(t, dialect);

    await storage.write((db) => insert(db, "site_settings", [row("kim"), row("Kim")]));

    t.is((await namesOf(storage)).length, 2);
  });

  test(`${dialect}: migrations give exactly the schema that the entities describe`, async (t) => {
    const storage = await openTestStorage(t, dialect);

    const difference = await storage.source.driver.createSchemaBuilder().log();

    t.deepEqual(
      difference.upQueries.map((query) => query.query),
      [],
    );
  });

  test(`${dialect}: a migration that was cut off half-way simply runs again`, async (t) => {
    const url = await bareDatabase(t, dialect);
    const storage = await Storage.open({ url, tables: coreTables, migrations: coreMigrations });
    t.teardown(() => storage.close());
    await migrate(storage);
    await storage.source.query("DELETE FROM migrations");
    await storage.source.query("DROP TABLE posts");

    t.true((await migrate(storage)).length > 0);
    t.deepEqual(await pendingMigrations(storage), []);
    t.deepEqual(await storage.query("SELECT id FROM posts"), []);
  });

  test(`${dialect}: a database of a newer version is refused by name`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    await storage.source.query("INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Future9999999999999')");

    await t.throwsAsync(migrate(storage), { message: /newer Rookery.*Future9999999999999/ });
  });
}

test("sqlite: reads cannot write", async (t) => {
  const storage = await openTestStorage(t);

  await t.throwsAsync(storage.query("DELETE FROM site_settings"), { message: /readonly/ });
});

test("sqlite: the version moves when another connection commits", async (t) => {
  const storage = await openTestStorage(t);
  const before = storage.dataVersion();

  await storage.write((db) => insert(db, "site_settings", [row("a")]));

  t.not(storage.dataVersion(), before);
});

for (const dialect of databases)
  test(`${dialect}: statements that wait together are each done or refused, after the commit; a write keeps its rows to itself`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    await storage.write((db) => db.run("CREATE TABLE birds (name VARCHAR(40) PRIMARY KEY)"));
    let commits = 0;
    storage.onCommit(() => commits++);
    const add = (name: string) => storage.run("INSERT INTO birds VALUES (?)", [name]);
    const answers = await Promise.allSettled([
      storage.write(async () => undefined),
      ...["heron", "swift", "heron", "stork"].map(add),
      storage.run("UPDATE birds SET name = 'coot' WHERE name = 'none'"),
      storage.run("NONSENSE"),
    ]);
    t.deepEqual(
      answers
        .slice(1)
        .map((one) => (one.status === "fulfilled" ? one.value : one.reason.name))
        .toSorted(),
      // On MariaDB either of the two herons may be the first.
      [0, 1, 1, 1, "QueryFailedError", "QueryFailedError"],
    );
    t.is(commits, dialect === "sqlite" ? 2 : 5);
    t.is((await storage.query("SELECT name FROM birds")).length, 3);
    await t.throwsAsync(storage.run("INSERT INTO birds VALUES ('swift')"), { name: "QueryFailedError" });

    await t.throwsAsync(
      storage.write(async () => {
        await add("crane");
        throw new Error("Undone");
      }),
    );
    t.is((await storage.query("SELECT name FROM birds")).length, 3, "inside a write it is part of it");
  });
