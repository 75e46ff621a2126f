import test from "ava";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { catalogue, languages } from "../../admin/texts.ts";
import { formatText } from "../../core/languages.ts";
import { isPlainEnglish, pseudoCatalogue } from "./pseudo.ts";

type Catalogue = Readonly<Record<string, string>>;

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Catalogue;
const foldersIn = (place: string) => readdirSync(root + place).map((name) => `${place}/${name}/locales`);
// One file a language; the dashboard has a folder a language.
const folders = ["core/web/locales", "core/people/mail/locales", ...foldersIn("themes"), ...foldersIn("plugins")].filter(
  (folder) => existsSync(root + folder),
);
const sets: readonly (readonly [place: string, (language: string) => Catalogue, readonly string[]])[] = [
  ["admin/locales", catalogue, languages],
  ...folders.map((folder) => {
    const tags = readdirSync(root + folder).map((file) => file.replace(/\.json$/, ""));
    return [folder, (tag: string) => read(`${root}${folder}/${tag}.json`), tags] as const;
  }),
];

const plurals = /\{(\w+), plural, ((?:=?\w+ \{[^{}]*\} ?)+)\}/g;
const counted = /\.(zero|one|two|few|many|other)$/;

// Names in braces, those that a plural counts by among them.
function placesOf(text: string): string[] {
  const plain = text.replace(plurals, "{$1}");
  return [...new Set([...plain.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!))].toSorted();
}

// Keys of themes end in the form they are for: a language has as many as it needs.
const stemsOf = (texts: Catalogue) => [...new Set(Object.keys(texts).map((key) => key.replace(counted, "")))].toSorted();

function missingForms(place: string, texts: Catalogue, language: string): string[] {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const missing: string[] = [];
  for (const [key, text] of Object.entries(texts))
    for (const found of text.matchAll(plurals)) {
      const there = [...found[2]!.matchAll(/(=?\w+) \{/g)].map((form) => form[1]!);
      missing.push(
        ...needed
          .filter((form) => !there.includes(form) && !(form === "one" && there.includes("=1")))
          .map((form) => `${key}: ${form}`),
      );
    }
  if (!place.startsWith("themes/")) return missing;
  for (const stem of new Set(
    Object.keys(texts)
      .filter((key) => counted.test(key))
      .map((key) => key.replace(counted, "")),
  ))
    missing.push(
      ...needed.filter((form) => !(`${stem}.${form}` in texts) && !(`${stem}.other` in texts)).map((form) => `${stem}.${form}`),
    );
  return missing;
}

for (const [place, textsOf, tags] of sets) {
  test(`${place} holds English, and every file is a language's`, (t) => {
    t.true(tags.includes("en"));
    for (const tag of tags) t.deepEqual(Intl.getCanonicalLocales(tag), [tag]);
  });
  for (const tag of tags)
    test(`${place} says in ${tag} what it says in English, with the same places and the forms of number it needs`, (t) => {
      const [english, texts] = [textsOf("en"), textsOf(tag)];

      t.deepEqual(stemsOf(texts), stemsOf(english));
      for (const [key, text] of Object.entries(texts)) {
        const source = english[key] ?? english[key.replace(counted, ".other")]!;
        // Arabic has words for none, one and two replies, with no figure in them.
        const places = (of: string) => placesOf(of).filter((place) => place !== "count" || !/\.(zero|one|two)$/.test(key));
        t.deepEqual(places(text), places(source), key);
        t.is(text.trim() === "", source.trim() === "", `${key} is empty`);
        t.notRegex(
          formatText(text, { n: 2 }, tag).replace(/\{|\}/g, (brace) => `brace ${brace}`),
          /brace .*plural/,
          key,
        );
      }
      t.deepEqual(missingForms(place, texts, tag), []);
    });
}

test("made-up languages mark every word, keep names in braces, and plurals go on counting", (t) => {
  const english = { hello: "Hello again, {name}", posts: "Has {n, plural, one {# post} other {# posts}} now" };
  const { hello, posts } = pseudoCatalogue("en-XA", english) as typeof english;

  t.false(isPlainEnglish(hello));
  t.true(isPlainEnglish(english.hello));
  t.regex(hello, /\{name\}/);
  t.regex(formatText(posts, { n: 1 }, "en-XA"), /1 ƥóšť /);
  t.true(hello.length > english.hello.length + 2);
  t.regex(formatText(pseudoCatalogue("ar-XB", english).posts!, { n: 3 }, "ar-XB"), /\u202e[^\u202c]* posts\u202c/);
});

test("several names become a list as a language writes it, numbers are grouped, and names keep to their own direction", (t) => {
  t.is(formatText("It needs {names}.", { names: ["a", "b", "c"] }, "de"), "It needs a, b und c.");
  t.is(formatText("{n} posts", { n: 12345 }, "de"), "12.345 posts");
  t.is(formatText("{name} ✓", { name: "Kim" }, "ar"), "\u2068Kim\u2069 ✓");
});
