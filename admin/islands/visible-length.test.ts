import test from "ava";
import { readFileSync } from "node:fs";
import { visibleLength } from "./visible-length.ts";

// The journey of the composer counts the same texts in a browser.
const fixtures = JSON.parse(readFileSync(new URL("visible-length.fixtures.json", import.meta.url), "utf8")) as {
  text: string;
  length: number;
  limit: number;
}[];

for (const { text, length, limit } of fixtures)
  test(`a reader sees ${length} of ${limit} characters of ${JSON.stringify(text).slice(0, 60)}`, (t) =>
    t.deepEqual(visibleLength(text), { length, limit, left: limit - length }));

for (const piece of ["[", "![", "](", "[a](", "((", "> ", "<a ", "*", "\\"])
  test(`a text of nothing but “${piece}” is counted like any other`, (t) => {
    t.true(visibleLength(piece.repeat(100_000 / piece.length)).length >= 0);
  });
