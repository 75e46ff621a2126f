import test from "ava";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secretFile } from "../settings/secret.ts";
import { databases, openTestStorage } from "../storage/testing.ts";
import { secretOfDatabase, setSecretMark } from "./secret-mark.ts";

const now = new Date("2026-05-01T12:00:00Z");

function folder(t: { teardown(work: () => unknown): void }): string {
  const path = mkdtempSync(join(tmpdir(), "rookery-mark-"));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

for (const dialect of databases) {
  test(`${dialect}: the secret of the first start is the database's, and its own data folder finds it again`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const first = { secret: null, dataFolder: folder(t) };

    const secret = await secretOfDatabase(storage, first, now);

    t.is(await secretOfDatabase(storage, first, now), secret);
    t.is(await secretOfDatabase(storage, { secret, dataFolder: folder(t) }, now), secret);
    const rows = await storage.query<{ value: string }>("SELECT value FROM site_settings");
    t.is(rows.length, 1);
    t.false(rows[0]!.value.includes(secret));
  });

  test(`${dialect}: a second data folder on the database is refused, and no secret is made in it`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    await secretOfDatabase(storage, { secret: null, dataFolder: folder(t) }, now);
    const second = { secret: null, dataFolder: folder(t) };

    const error = await t.throwsAsync(secretOfDatabase(storage, second, now), { name: "PublicError" });

    t.true(error!.message.includes("ROOKERY_SECRET") && error!.message.includes(secretFile(second.dataFolder)));
    t.false(existsSync(secretFile(second.dataFolder)));
  });

  test(`${dialect}: another ROOKERY_SECRET is refused until it is taken on purpose, and then the old one is`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const [one, two] = [
      { secret: "1".repeat(40), dataFolder: "/none" },
      { secret: "2".repeat(40), dataFolder: "/none" },
    ];
    await secretOfDatabase(storage, one, now);

    await t.throwsAsync(secretOfDatabase(storage, two, now), { message: /not the one in ROOKERY_SECRET/ });
    await storage.write((db) => setSecretMark(db, two.secret, now));

    t.is(await secretOfDatabase(storage, two, now), two.secret);
    await t.throwsAsync(secretOfDatabase(storage, one, now), { name: "PublicError" });
  });

  test(`${dialect}: of two that start together for the first time with secrets of their own one is refused`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const places = [1, 2].map(() => ({ secret: null, dataFolder: folder(t) }));

    const ends = await Promise.allSettled(places.map((place) => secretOfDatabase(storage, place, now)));

    t.deepEqual(ends.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  });
}
