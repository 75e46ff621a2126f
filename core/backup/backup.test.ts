import test from "ava";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { coreMigrations } from "../../migrations/index.ts";
import { systemClock } from "../clock.ts";
import type { Plugin } from "../host/manifest.ts";
import { recordShape } from "../host/shape/shape-records.ts";
import { coreTables } from "../schema.ts";
import { lockDataFolder, prepareDataFolder } from "../settings/data-folder.ts";
import { installationSecret } from "../settings/secret.ts";
import { readSettings, type Settings } from "../settings/settings.ts";
import { double, flag, key, line, optional, text, word, type TableShape } from "../storage/columns.ts";
import { findTable } from "../storage/found-tables.ts";
import { createTables, migrate } from "../storage/migrate.ts";
import { insert } from "../storage/rows.ts";
import { Storage } from "../storage/storage.ts";
import { differenceOf } from "../storage/table-difference.ts";
import { databases, bareDatabase } from "../storage/testing.ts";
import { restoreBackup } from "./restore-backup.ts";
import { writeBackup } from "./write-backup.ts";

type T = { teardown(work: () => unknown): void };

const guestbook: TableShape = {
  name: "p_guestbook_lines",
  columns: { id: key(), who: line(80), text: text(), weight: double(), is_read: flag(), note: optional(word(10)) },
  indexes: [{ name: "p_guestbook_by_who", columns: ["who"] }],
};

function folder(t: T): string {
  const path = mkdtempSync(join(tmpdir(), "rookery-backup-"));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function emptyInstallation(t: T, dialect: "sqlite" | "mysql"): Promise<Settings> {
  const data = join(folder(t), "data");
  const url = dialect === "sqlite" ? "" : await bareDatabase(t, "mysql");
  return readSettings({ ROOKERY_DATA: data, DATABASE_URL: url }, { cwd: "/" });
}

async function installation(t: T, dialect: "sqlite" | "mysql") {
  const settings = await emptyInstallation(t, dialect);
  prepareDataFolder(settings.dataFolder);
  const storage = await Storage.open({ url: settings.databaseUrl, tables: coreTables, migrations: coreMigrations });
  t.teardown(() => storage.close());
  await migrate(storage);
  const runner = storage.source.createQueryRunner();
  await createTables(runner, [guestbook]);
  if (dialect === "mysql") await runner.release();
  const plugin = { id: "guestbook", tables: [guestbook] } as unknown as Plugin;
  await storage.write((db) => recordShape(db, plugin, { step: 0, isDone: true, now: systemClock.now() }));
  await storage.write((db) => insert(db, guestbook.name, [row("1", "ana 🦜"), row("2", 'kim\n"quoted" \\ done')]));
  mkdirSync(join(settings.dataFolder, "media/a"), { recursive: true });
  writeFileSync(join(settings.dataFolder, "media/a/photo.jpg"), Buffer.alloc(300_000, 7));
  writeFileSync(join(settings.dataFolder, "themes/empty.css"), "");
  return { settings, storage, clock: systemClock };
}

function row(id: string, who: string) {
  return { id: id.padStart(26, "0"), who, text: `Hello\u2028 ${who}`, weight: 1.5, is_read: 1, note: null };
}

const silent = () => undefined;

for (const from of databases) {
  for (const to of databases) {
    test(`a backup of ${from} comes back whole on ${to}, plugins' tables, files and secret included`, async (t) => {
      const source = await installation(t, from);
      const file = join(folder(t), "all.tar");

      await writeBackup(source, file, silent);
      const target = await emptyInstallation(t, to);
      await restoreBackup(target, file, silent);

      t.is(statSync(file).mode & 0o777, 0o600);
      const storage = await Storage.open({ url: target.databaseUrl, tables: coreTables, migrations: coreMigrations });
      t.teardown(() => storage.close());
      t.deepEqual(differenceOf((await findTable(storage, guestbook.name))!, guestbook, to).problems, []);
      const sql = `SELECT * FROM ${guestbook.name} ORDER BY id`;
      t.deepEqual(await storage.query(sql), await source.storage.query(sql));
      t.deepEqual(readFileSync(join(target.dataFolder, "media/a/photo.jpg")), Buffer.alloc(300_000, 7));
      t.true(existsSync(join(target.dataFolder, "themes/empty.css")));
      t.is(installationSecret(target), installationSecret(source.settings));
    });
  }

  test(`${from}: a backup made while others write holds only whole transactions`, async (t) => {
    const source = await installation(t, from);
    const file = join(folder(t), "all.tar");
    const stop = new AbortController();
    let pairs = 0;
    const writing = (async () => {
      for (; !stop.signal.aborted; pairs++) {
        const id = String(pairs);
        // SQLite answers at once, so without a turn of the event loop nobody else would get on.
        await setImmediate();
        // Two rows of two tables that are read at different moments: each has its twin or neither is there.
        await source.storage.write(async (db) => {
          await insert(db, "attempts", [{ key_hash: id, tokens: 1, changed_at: systemClock.now().toISOString() }]);
          await insert(db, guestbook.name, [row(`9${id.padStart(20, "0")}`, id)]);
        });
      }
    })();
    // The step before each table gives the writer time to get on, so that a backup without a snapshot would tear.
    const steps: string[] = [];
    await writeBackup(source, file, (step) => steps.push(step));
    stop.abort();
    await writing;

    const target = await emptyInstallation(t, "sqlite");
    await restoreBackup(target, file, silent);

    const storage = await Storage.open({ url: target.databaseUrl, tables: coreTables, migrations: coreMigrations });
    t.teardown(() => storage.close());
    const ones = await storage.query<{ key_hash: string }>("SELECT key_hash FROM attempts ORDER BY key_hash");
    const twins = await storage.query<{ who: string }>(
      `SELECT who FROM ${guestbook.name} WHERE id LIKE '%9____________________' ORDER BY who`,
    );
    t.deepEqual(
      ones.map((one) => one.key_hash),
      twins.map((twin) => twin.who),
    );
    t.true(pairs > ones.length, "the writer went on after the snapshot");
  });

  test(`${from}: a filled database is refused and stays as it is`, async (t) => {
    const source = await installation(t, from);
    const file = join(folder(t), "all.tar");
    await writeBackup(source, file, silent);
    const elsewhere = readSettings({ ROOKERY_DATA: folder(t), DATABASE_URL: source.settings.databaseUrl }, { cwd: "/" });

    await t.throwsAsync(restoreBackup(elsewhere, file, silent), { name: "PublicError", message: /already holds/ });

    t.is((await source.storage.query(`SELECT id FROM ${guestbook.name}`)).length, 2);
  });
}

test("a filled data folder and a running installation are refused", async (t) => {
  const source = await installation(t, "sqlite");
  const file = join(folder(t), "all.tar");
  await writeBackup(source, file, silent);

  await t.throwsAsync(restoreBackup(source.settings, file, silent), { message: /already holds/ });
  const target = await emptyInstallation(t, "sqlite");
  const lock = lockDataFolder(target.dataFolder, "web");
  await t.throwsAsync(restoreBackup(target, file, silent), { message: /in use by rookery web/ });
  lock.release();
});

for (const [what, damage] of [
  ["a changed byte", (bytes: Buffer) => void bytes.write("X", bytes.indexOf("Hello"))],
  ["a cut-off file", null],
  ["no backup at all", (bytes: Buffer) => void bytes.fill("x")],
] as const) {
  test(`${what} is refused before anything is made`, async (t) => {
    const source = await installation(t, "sqlite");
    const file = join(folder(t), "all.tar");
    await writeBackup(source, file, silent);
    const bytes = readFileSync(file);
    damage?.(bytes);
    writeFileSync(file, damage ? bytes : bytes.subarray(0, 5000));
    const target = await emptyInstallation(t, "sqlite");

    await t.throwsAsync(restoreBackup(target, file, silent), { name: "PublicError" });

    t.false(existsSync(target.dataFolder));
  });
}
