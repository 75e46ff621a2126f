import test from "ava";
import { readdirSync, readFileSync } from "node:fs";
import { catalogue, chooseLanguage, format, languages } from "./texts.ts";

const folder = new URL(".", import.meta.url).pathname;
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.(ts|njk)$/.test(name) && !name.endsWith(".test.ts"),
);
const source = files.map((name) => readFileSync(folder + name, "utf8")).join("\n");
const keys = Object.keys(catalogue("en"));
// Keys with a changing end: `t(`posts.tab-${name}`)`, `t("check." + status)`, and those chosen between two.
const openEnds = [...source.matchAll(/\bt\(\s*(?:`([\w.:-]+)\$\{|"([\w.:-]+[.-])"\s*\+)/g)].map((found) => found[1] ?? found[2]!);

test("every text that a screen asks for is there", (t) => {
  const asked = [...source.matchAll(/\bt\(\s*(?:"|')([\w:-]+\.[\w.:-]*[\w])(?:"|')/g)].map((found) => found[1]!);

  t.true(asked.length > 200);
  t.deepEqual(
    asked.filter((key) => !keys.includes(key)),
    [],
  );
});

test("every text is in the file of its first word", (t) => {
  for (const language of languages)
    for (const file of readdirSync(`${folder}locales/${language}`)) {
      const texts = JSON.parse(readFileSync(`${folder}locales/${language}/${file}`, "utf8")) as Record<string, string>;
      const area = file.replace(".json", "");
      t.deepEqual(
        Object.keys(texts).filter((key) => !key.startsWith(`${area}.`)),
        [],
        `${language}/${file}`,
      );
    }
});

// Sentences of errors are asked for by the key that an error carries.
test("every text is asked for somewhere", (t) => {
  const isUsed = (key: string) =>
    key.startsWith("error.") ||
    source.includes(`"${key}"`) ||
    source.includes(`'${key}'`) ||
    openEnds.some((end) => key.startsWith(end));

  t.deepEqual(
    keys.filter((key) => !isUsed(key)),
    [],
  );
});

for (const [chosen, accepted, expected] of [
  ["en", "fr", "en"],
  ["", "xx, en;q=0.5", "en"],
  [undefined, undefined, "en"],
  ["tlh", ", ;q=, *", "en"],
] as const)
  test(`who chose “${chosen}” in a browser for “${accepted}” reads ${expected}`, (t) =>
    t.is(chooseLanguage(chosen, accepted), expected));

for (const [text, values, expected] of [
  ["Hello {name}.", { name: "kim" }, "Hello kim."],
  ["{n, plural, one {# post} other {# posts}}", { n: 1 }, "1 post"],
  ["Has {n, plural, one {# post} other {# posts}}!", { n: 1234 }, "Has 1,234 posts!"],
  ["{n, plural, =0 {none} one {# post} other {# posts}}", { n: 0 }, "none"],
  ["{missing}", {}, ""],
  ["{name}", { name: "<b>{n}</b>" }, "<b>{n}</b>"],
] as const)
  test(`“${text}” with ${JSON.stringify(values)} reads “${expected}”`, (t) => t.is(format(text, values), expected));
