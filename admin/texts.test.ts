import test from "ava";
import { readdirSync, readFileSync } from "node:fs";
import { format } from "./texts.ts";

const folder = new URL(".", import.meta.url).pathname;
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.(ts|njk)$/.test(name) && !name.endsWith(".test.ts"),
);
const source = files.map((name) => readFileSync(folder + name, "utf8")).join("\n");
const keys = Object.keys(JSON.parse(readFileSync(`${folder}locales/en.json`, "utf8")) as Record<string, string>);
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

test("every text is asked for somewhere", (t) => {
  const isUsed = (key: string) =>
    source.includes(`"${key}"`) || source.includes(`'${key}'`) || openEnds.some((end) => key.startsWith(end));

  t.deepEqual(
    keys.filter((key) => !isUsed(key)),
    [],
  );
});

for (const [text, values, expected] of [
  ["Hello {name}.", { name: "kim" }, "Hello kim."],
  ["{n, plural, one {# post} other {# posts}}", { n: 1 }, "1 post"],
  ["Has {n, plural, one {# post} other {# posts}}!", { n: 1234 }, "Has 1,234 posts!"],
  ["{missing}", {}, ""],
  ["{name}", { name: "<b>{n}</b>" }, "<b>{n}</b>"],
] as const)
  test(`“${text}” with ${JSON.stringify(values)} reads “${expected}”`, (t) => t.is(format(text, values), expected));
