import test from "ava";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openStorage } from "../../house.ts";
import { openSecret, SecretBox, sealSecret } from "../../people/secret-box.ts";
import { readSettings } from "../../settings/settings.ts";
import { bareDatabase, databases, testDatabase } from "../../storage/testing.ts";
import { machine, setUp } from "../machine.testing.ts";

const [one, two] = ["1".repeat(40), "2".repeat(40)];

for (const dialect of databases) {
  test(`${dialect}: another secret is refused by every command until secret change takes it, sealed values included`, async (t) => {
    const url = await testDatabase(t, dialect);
    const env: Record<string, string> = { DATABASE_URL: url, ROOKERY_SECRET: one };
    const rookery = machine(t, env);
    await setUp(rookery);
    const storage = await openStorage(readSettings(env, { cwd: rookery.folder }));
    t.teardown(() => storage.close());
    const kept = { place: "plugin/mail/password", value: "hunter2" };
    await storage.write((db) => sealSecret(db, new SecretBox(one), kept, new Date("2026-05-01T12:00:00Z")));

    env.ROOKERY_SECRET = two;
    for (const words of [
      ["blog", "list"],
      ["backup", "all.tar"],
    ]) {
      const { code, err } = await rookery(words);
      t.is(code, 1, words.join(" "));
      t.deepEqual([err.length, /ROOKERY_SECRET/.test(err[0]!), err[0]!.includes(one)], [1, true, false]);
    }
    t.regex((await rookery(["secret", "change"])).err[0]!, /--yes/);
    t.regex((await rookery(["secret", "change", "--old-secret-stdin"], "3".repeat(40))).err[0]!, /is not the secret/);
    t.is((await rookery(["secret", "change", "--old-secret-stdin"], `${one}\n`)).code, 0);

    t.is((await rookery(["blog", "list"])).code, 0);
    t.is(await openSecret(storage, new SecretBox(two), kept.place), "hunter2");
    env.ROOKERY_SECRET = one;
    t.is((await rookery(["blog", "list"])).code, 1);
  });
}

test("a lost secret: with the file taken away a new one is made on purpose only", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  rmSync(join(rookery.folder, "data/secret"));

  t.is((await rookery(["blog", "list"])).code, 1);
  t.is((await rookery(["secret", "change", "--yes"])).code, 0);
  t.is((await rookery(["blog", "list"])).code, 0);
});

if (databases.includes("mysql"))
  test("a second data folder on the same MariaDB is refused in one sentence, a restore of a backup there is taken", async (t) => {
    const first = machine(t, { DATABASE_URL: await testDatabase(t, "mysql") });
    await setUp(first);
    const { DATABASE_URL } = first.env;
    const second = machine(t, { DATABASE_URL: DATABASE_URL! });

    const { code, err } = await second(["account", "list"]);

    t.is(code, 1);
    t.is(err.length, 1);
    t.true(err[0]!.includes("ROOKERY_SECRET") && err[0]!.includes(join(second.folder, "data/secret")));

    t.is((await first(["backup", "all.tar"])).code, 0);
    const third = machine(t, { DATABASE_URL: await bareDatabase(t, "mysql") });
    t.is((await third(["restore", join(first.folder, "all.tar")])).code, 0);
    t.is((await third(["account", "list"])).code, 0);
  });
