import test from "ava";
import type { ExecutionContext } from "ava";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { databases, testDatabase } from "../../storage/testing.ts";
import { createTestHost, type TestHost } from "../../testing/test-host.ts";
import { saveOwnCopy, removeOwnCopy } from "../overrides/save-copy.ts";
import { storePreview } from "../preview.ts";
import { themeJson, writeFiles } from "../testing.ts";
import { troublesOf } from "./troubles.ts";

const broken = "{{ nothing() }}";

async function host(t: ExecutionContext, dialect: (typeof databases)[number] = "sqlite") {
  const host = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect) });
  await host.house.storage.write((db) => db.run("UPDATE accounts SET email = 'kim@mail.example'"));
  return host;
}

const letters = async ({ house }: TestHost) =>
  (await house.storage.query("SELECT data FROM jobs WHERE name = 'mail'")).map(
    (row) => (JSON.parse(String(row.data)) as { template: string }).template,
  );

for (const dialect of databases)
  test(`${dialect}: a broken own template costs readers nothing, its owner gets one letter an hour, and the third failure switches it off`, async (t) => {
    const kim = await host(t, dialect);
    const { themes } = kim.house;
    await saveOwnCopy(kim.scope(), themes, { template: "home", source: broken });
    await saveOwnCopy(kim.scope(), themes, { template: "archive-all", source: broken });

    const first = await kim.get("/");
    t.is(first.status, 200);
    t.is(first.headers["x-rk-template-fallback"], "1");
    t.notRegex(first.text, /nothing/);
    await kim.get("/archive");
    t.deepEqual(await letters(kim), ["theme-trouble"]);
    t.deepEqual((await troublesOf(kim.scope())).map(({ template, isOwn }) => [template, isOwn]).toSorted(), [
      ["perch/archive-all.njk (own copy)", true],
      ["perch/home.njk (own copy)", true],
    ]);

    kim.clock.advance({ minutes: 1 });
    await kim.get("/");
    await kim.get("/");
    t.is((await kim.get("/")).headers["x-rk-template-fallback"], undefined);
    t.deepEqual(await letters(kim), ["theme-trouble"]);
    kim.clock.advance({ minutes: 61 });
    await kim.get("/archive");
    t.deepEqual(await letters(kim), ["theme-trouble", "theme-trouble"]);

    await saveOwnCopy(kim.scope(), themes, { template: "home", source: "Fine" });
    t.is((await kim.get("/")).text, "Fine");
    await removeOwnCopy(kim.scope(), { template: "archive-all" });
    t.deepEqual(await troublesOf(kim.scope()), []);
  });

test("who looks at a preview sees what failed and where, and it counts for nothing", async (t) => {
  const kim = await host(t);
  const copies = [{ theme: "perch", template: "home.njk", source: 'One\n{% include "partials/gone.njk" %}' }];
  const see = async (source: string) => {
    const { pathname, search } = new URL(await storePreview(kim.scope(), "home", { copies: [{ ...copies[0]!, source }] }));
    return (await kim.get(pathname + search)).text;
  };

  t.is(await see(copies[0]!.source), "One\n<!-- partials/gone.njk is missing -->");
  for (let time = 0; time < 4; time++)
    t.regex(
      await see(`\n${broken}`),
      /role="alert"><ul><li>perch\/home\.njk \(own copy\), line 2: &quot;nothing&quot; cannot be called/,
    );
  t.deepEqual([await letters(kim), await troublesOf(kim.scope())], [[], []]);
  t.is((await kim.get("/")).headers["x-rk-template-fallback"], undefined);
});

test("a theme whose folder goes away shows base and tells the owner, and is worn again as soon as it is back", async (t) => {
  const kim = await host(t);
  const folder = join(kim.folder, "themes");
  const nest = () => writeFiles(folder, { "nest/theme.json": themeJson("nest"), "nest/templates/home.njk": "Nest" });
  const { themes, storage } = kim.house;
  nest();
  await storage.write(async (db) => {
    await db.run("UPDATE blogs SET theme = 'nest'");
    await kim.scope().touch(db, kim.blog.id);
  });
  t.is((await kim.get("/")).text, "Nest");

  rmSync(join(folder, "nest"), { recursive: true });
  themes.lookAgain("nest");
  const plain = await kim.get("/");
  t.deepEqual([plain.status, plain.headers["x-rk-template-fallback"]], [200, "1"]);
  t.regex(plain.text, /\/assets\/base\//);
  t.deepEqual(
    (await troublesOf(kim.scope())).map(({ template, message }) => `${template}: ${message}`),
    ["nest/theme.json: There is no theme “nest”."],
  );
  t.deepEqual(await letters(kim), ["theme-trouble"]);

  nest();
  themes.lookAgain("nest");
  t.is((await kim.get("/")).text, "Nest");
});
