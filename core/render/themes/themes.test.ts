import test from "ava";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { testFolder, themeJson, writeFiles } from "../testing.ts";
import { parseManifest } from "./manifest.ts";
import { bundledThemes, Themes } from "./themes.ts";

const broken: [string, string, RegExp][] = [
  ["no JSON", "{", /not JSON/],
  ["another id than its folder", themeJson("other"), /its folder is “nest”/],
  ["no licence", JSON.stringify({ id: "nest", name: "x", version: "1.0.0", description: "x" }), /no “license”/],
  ["an engine of the future", themeJson("nest", { engine: "2" }), /offers engine 1/],
  ["a style sheet outside", themeJson("nest", { styles: ["../x.css"] }), /assets folder/],
  ["a setting without a key", themeJson("nest", { settings: [{ type: "text" }] }), /needs a “key”/],
  ["an evil variable", themeJson("nest", { settings: [{ key: "a", type: "text", cssVar: "x;}" }] }), /plain name/],
  ["options that are no list", themeJson("nest", { settings: [{ key: "a", type: "select", options: { a: 1 } }] }), /a list/],
  ["too many posts", themeJson("nest", { postsPerPage: 1e6 }), /1 to 100/],
];

for (const [what, text, sentence] of broken)
  test(`a theme.json with ${what} is refused in a sentence`, (t) => {
    const result = parseManifest(text, "nest");
    t.regex("problem" in result ? result.problem : "accepted", sentence);
  });

const themesOf = (installed: string) => new Themes({ bundled: bundledThemes, installed, elapsed: () => 0 });

test("the chain follows parents, and a circle or a missing parent shortens it", (t) => {
  const themes = themesOf(
    testFolder(t, {
      "aa/theme.json": themeJson("aa", { parent: "bb" }),
      "bb/theme.json": themeJson("bb", { parent: "aa" }),
      "cc/theme.json": themeJson("cc", { parent: "gone" }),
      "dd/theme.json": themeJson("dd", { parent: "perch" }),
    }),
  );
  const ids = (id: string) => themes.chain(id).map((theme) => theme.id);

  t.deepEqual(ids("aa"), ["aa", "bb", "base"]);
  t.deepEqual(ids("cc"), ["cc", "base"]);
  t.deepEqual(ids("dd"), ["dd", "perch", "base"]);
  t.deepEqual(ids("../../etc"), ["base"]);
  t.regex(themes.problemOf("aa") ?? "", /its own parent: aa → bb → aa/);
  t.regex(themes.problemOf("cc") ?? "", /parent “gone” is not installed/);
  t.is(themes.problemOf("dd"), null);
});

test("a link to itself in a theme's folder is as good as no file", (t) => {
  const installed = testFolder(t, { "nest/theme.json": themeJson("nest"), "nest/assets/a.css": "p{}" });
  symlinkSync("loop.css", join(installed, "nest/assets/loop.css"));
  const nest = themesOf(installed).find("nest");

  t.is(nest?.asset("loop.css"), null);
  t.truthy(nest?.asset("a.css"));
});

test("a file name that no disk can hold is as good as no file", (t) => {
  const nest = themesOf(testFolder(t, { "nest/theme.json": themeJson("nest") })).find("nest")!;

  t.is(nest.template(`${"a".repeat(300)}.njk`), null);
  t.is(nest.asset(`${"a".repeat(300)}.css`), null);
});

test("a theme remembers only so many files that are not there, and those that are", (t) => {
  const installed = testFolder(t, { "nest/theme.json": themeJson("nest"), "nest/assets/a.css": "p{}" });
  const nest = themesOf(installed).find("nest")!;
  const first = nest.asset("a.css");
  t.is(nest.asset("late.css"), null);
  for (let at = 0; at < 1200; at++) nest.asset(`${at}.css`);

  t.is(nest.asset("a.css"), first);
  writeFiles(installed, { "nest/assets/late.css": "a{}" });
  t.truthy(nest.asset("late.css"));
});

test("every theme is listed, broken ones with their reason", (t) => {
  const list = themesOf(testFolder(t, { "nest/theme.json": "{", "aa/theme.json": themeJson("aa") })).list();
  const states = new Map(list.map((theme) => [theme.id, "problem" in theme ? "broken" : "sound"]));

  t.deepEqual(
    ["aa", "nest", "base", "perch"].map((id) => states.get(id)),
    ["sound", "broken", "sound", "sound"],
  );
  t.deepEqual([...states.keys()], [...states.keys()].toSorted());
});
