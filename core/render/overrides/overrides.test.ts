import test from "ava";
import type { ExecutionContext } from "ava";
import { databases, testDatabase } from "../../storage/testing.ts";
import { createTestHost } from "../../testing/test-host.ts";
import { testFolder, themeJson, writeFiles } from "../testing.ts";
import { bundledThemes, Themes } from "../themes/themes.ts";
import { compareCopy, acceptOriginal } from "./originals.ts";
import { ownCopies, ownCopy } from "./own-copies.ts";
import { activateOwnCopy, discardDraft, removeOwnCopies, removeOwnCopy, saveOwnCopy } from "./save-copy.ts";
import { copyHistory, savedSource } from "./saves.ts";

async function copies(t: ExecutionContext, dialect: (typeof databases)[number]) {
  const host = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect) });
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest", { parent: "perch" }),
    "nest/templates/home.njk": "Nest",
  });
  const time = { now: 0 };
  const themes = new Themes({ bundled: bundledThemes, installed, elapsed: () => time.now });
  return { scope: host.scope(), host, themes, installed, pass: () => void (time.now += 2000) };
}

for (const dialect of databases) {
  test(`${dialect}: every save of an own template is kept, a draft does not count, and an older save can be let count again`, async (t) => {
    const { scope, themes, host } = await copies(t, dialect);
    const home = async () => (await host.get("/")).text;

    t.like(await saveOwnCopy(scope, themes, { template: "home", source: "One" }), { number: 1, state: "active", problem: null });
    t.is(await home(), "One");
    t.like(await saveOwnCopy(scope, themes, { template: "home", source: "Two", asDraft: true }), { number: 2, state: "draft" });
    t.is(await home(), "One");
    const broken = await saveOwnCopy(scope, themes, { template: "home", source: "{% if %}", expected: 2 });
    t.like(broken, { number: 3, state: "draft", problem: { line: 1 } });
    t.like(await ownCopy(scope, themes, { template: "home" }), { source: "One", draft: "{% if %}", version: 1, draftVersion: 3 });
    await t.throwsAsync(activateOwnCopy(scope, { template: "home" }, 3), { message: /^home\.njk, line 1/ });

    await activateOwnCopy(scope, { template: "home" }, 2);
    t.is(await home(), "Two");
    const history = await copyHistory(scope, { template: "home" });
    t.deepEqual(
      history.map(({ number, isActive, isDraft }) => [number, isActive, isDraft]),
      [
        [3, false, true],
        [2, true, false],
        [1, false, false],
      ],
    );
    t.is(await savedSource(scope, { template: "home" }, 1), "One");
    for (const number of [9, Infinity, Number.NaN, 1.5])
      await t.throwsAsync(savedSource(scope, { template: "home" }, number), { message: /not kept/ });

    await discardDraft(scope, { template: "home" });
    t.like(await ownCopy(scope, themes, { template: "home" }), { draft: null, source: "Two" });
    t.true(await removeOwnCopy(scope, { template: "home" }));
    t.false(await removeOwnCopy(scope, { template: "home" }));
    t.regex(await home(), /<!doctype html>/);
    t.like(await saveOwnCopy(scope, themes, { template: "home", source: "Four" }), { number: 4 });
  });

  test(`${dialect}: of two who save from the same state the second is told`, async (t) => {
    const { scope, themes } = await copies(t, dialect);
    await saveOwnCopy(scope, themes, { template: "home", source: "One", expected: 0 });

    await t.throwsAsync(saveOwnCopy(scope, themes, { template: "home", source: "Two", expected: 0 }), { message: /meanwhile/ });
    await saveOwnCopy(scope, themes, { template: "home", source: "Two", expected: 1 });
    t.is(await removeOwnCopies(scope, "perch"), 1);
    t.deepEqual(await ownCopies(scope, themes), []);
  });
}

test("a copy remembers the theme's file of its time, and shows all three texts when an update changed it", async (t) => {
  const { scope, themes, installed, pass } = await copies(t, "sqlite");
  const worn = { ...scope, blog: { ...scope.blog!, theme: "nest" } };
  const name = { template: "home", theme: "nest" };
  await saveOwnCopy(worn, themes, { ...name, source: "Mine" });
  await saveOwnCopy(worn, themes, { template: "post", source: "Mine too" });

  t.like(await compareCopy(worn, themes, name), { was: "Nest", is: "Nest", own: "Mine", hasThemeChanged: false });
  writeFiles(installed, { "nest/templates/home.njk": "Newer nest" });
  pass();
  t.like(await compareCopy(worn, themes, name), { was: "Nest", is: "Newer nest", own: "Mine", hasThemeChanged: true });
  const listed = async () => (await ownCopies(worn, themes)).map(({ template, hasThemeChanged }) => [template, hasThemeChanged]);
  t.deepEqual(await listed(), [
    ["home.njk", true],
    ["post.njk", false],
  ]);
  await acceptOriginal(worn, themes, name);
  t.deepEqual((await listed())[0], ["home.njk", false]);
});

test("a copy counts only while its theme or a child of it is worn", async (t) => {
  const { scope, themes } = await copies(t, "sqlite");
  await saveOwnCopy(scope, themes, { template: "home", source: "Mine" });
  const isApplied = async (theme: string) =>
    (await ownCopies({ ...scope, blog: { ...scope.blog!, theme } }, themes)).map((copy) => copy.isApplied);

  t.deepEqual([await isApplied("perch"), await isApplied("nest"), await isApplied("base")], [[true], [true], [false]]);
});

test("what is no template's name, too long, or too much together is refused in a sentence", async (t) => {
  const { scope, themes } = await copies(t, "sqlite");
  const save = (template: string, source = "x") => saveOwnCopy(scope, themes, { template, source });

  for (const name of ["../home", "HOME", "a b", "", "x".repeat(121)]) await t.throwsAsync(save(name), { message: /looks like/ });
  await t.throwsAsync(save("home", "x".repeat(70_000)), { message: /64 KB/ });
  for (let at = 0; at < 17; at++) {
    const saving = save(`part-${at}`, "x".repeat(62_000));
    if (at < 16) await saving;
    else await t.throwsAsync(saving, { message: /1 MB/ });
  }
});

test("the hundredth and later saves push out the oldest, never the one that counts", async (t) => {
  const { scope, themes } = await copies(t, "sqlite");
  await saveOwnCopy(scope, themes, { template: "home", source: "One" });
  for (let at = 2; at <= 104; at++) await saveOwnCopy(scope, themes, { template: "home", source: `Draft ${at}`, asDraft: true });

  const numbers = (await copyHistory(scope, { template: "home" })).map(({ number }) => number);
  t.deepEqual([numbers[0], numbers.at(-2), numbers.at(-1), numbers.length], [104, 5, 1, 101]);
});
