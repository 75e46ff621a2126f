import test from "ava";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { catalogue } from "../../admin/texts.ts";
import { webTexts } from "../../core/web/web-texts.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
// Rooms whose errors reach a page; the command line, settings and the opening of a database speak to operators, in English.
const rooms = ["blogs", "host", "interactions", "jobs", "media", "people", "posts", "render", "residents", "web"].map(
  (room) => `core/${room}`,
);
const files = [...rooms, "admin"].flatMap((room) =>
  readdirSync(root + room, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.(test|testing)\.ts$/.test(name))
    .map((name) => `${room}/${name}`),
);

/** Key, sentence and values of an error as they stand in the source. */
type Thrown = { readonly file: string; readonly key: string; readonly rest: string };

// Up to the bracket that closes: sentences hold brackets of their own.
function callsIn(source: string, start: RegExp): string[] {
  return [...source.matchAll(start)].map((found) => {
    let depth = 1;
    let at = found.index + found[0].length;
    let quote = "";
    for (; depth > 0 && at < source.length; at++) {
      const letter = source[at]!;
      if (quote) quote = letter === quote && source[at - 1] !== "\\" ? "" : quote;
      else if (letter === '"' || letter === "`") quote = letter;
      else if ("([{".includes(letter)) depth++;
      else if (")]}".includes(letter)) depth--;
    }
    return source.slice(found.index + found[0].length, at - 1).replace(/\s+/g, " ");
  });
}

const thrown: Thrown[] = files.flatMap((file) => {
  const source = readFileSync(root + file, "utf8");
  return callsIn(source, /new PublicError\(/g).flatMap((call) => {
    const key = /^ ?["`]([a-z][\w.$@{}-]+)["`], ?(.*)$/.exec(call);
    return key ? [{ file, key: key[1]!, rest: key[2]! }] : [];
  });
});
const refused: Thrown[] = files.flatMap((file) =>
  [...readFileSync(root + file, "utf8").matchAll(/\bkey: "((?:post|plugin)\.[\w-]+)"/g)].map((found) => ({
    file,
    key: found[1]!,
    rest: "",
  })),
);
// Errors of starting up, and sentences that a plugin or the template language wrote itself.
const forOperators = /^(start\.|storage\.|settings\.secret)/;
const ownWords = new Set(["media.refused", "plugin.refused", "request.json", "post.refused"]);
const isTranslated = ({ rest }: Thrown) => /^(\w+\.)*t\(|^sentence\b/.test(rest);
const texts = { ...webTexts("en"), ...catalogue("en") };

test("every error that can come to a page can be said in every language, and hands over what its sentence needs", (t) => {
  const asked = [
    ...thrown.filter((one) => !forOperators.test(one.key) && !ownWords.has(one.key) && !isTranslated(one)),
    ...refused,
  ];

  t.true(asked.length > 150);
  const missing = asked.filter(({ key }) => {
    const start = key.split("${")[0]!;
    return key.includes("${") ? !Object.keys(texts).some((one) => one.startsWith(`error.${start}`)) : !(`error.${key}` in texts);
  });
  t.deepEqual(
    missing.map(({ file, key }) => `${file}: ${key}`),
    [],
  );
});

test("an error whose sentence has names in braces hands their values over where it is thrown", (t) => {
  const wanting = thrown.flatMap(({ file, key, rest }) => {
    const places = [...(texts[`error.${key}`] ?? "").matchAll(/\{(\w+)[,}]/g)].map((found) => found[1]!);
    const lacking = places.filter(
      (name) => !new RegExp(`\\d, .*\\b${name}\\b|[^\`] ${name}\\b`).test(rest) && !/, \w+,? ?$/.test(rest),
    );
    return lacking.map((name) => `${file}: ${key} lacks ${name}`);
  });

  t.deepEqual(wanting, []);
});
