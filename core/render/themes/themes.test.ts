import test from "ava";
import { testFolder, themeJson } from "../testing.ts";
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

test("every theme is listed, broken ones with their reason", (t) => {
  const list = themesOf(testFolder(t, { "nest/theme.json": "{", "aa/theme.json": themeJson("aa") })).list();
  const states = new Map(list.map((theme) => [theme.id, "problem" in theme ? "broken" : "sound"]));

  t.deepEqual(
    ["aa", "nest", "base", "perch"].map((id) => states.get(id)),
    ["sound", "broken", "sound", "sound"],
  );
  t.deepEqual([...states.keys()], [...states.keys()].toSorted());
});
