import test from "ava";
import { readFileSync } from "node:fs";
import { exportedNames } from "../check/docs.ts";

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

test("the page of the kit for tests has a heading for each name that rookery/testing exports, and for no other", (t) => {
  const headings = [...read("docs/plugin-api/testing.md").matchAll(/^### (\w+)$/gm)].map((match) => match[1]!);

  t.deepEqual(headings.toSorted(), exportedNames(read("core/testing.ts")).toSorted());
});

test("what the page of the kit says a test host has is there, and nothing is left out", (t) => {
  const section = /### TestHost\n([\s\S]*?)### TestDraft/.exec(read("docs/plugin-api/testing.md"))![1]!;
  const said = new Set([...section.matchAll(/[`, ](\w+)(?=[`(])/g)].map((match) => match[1]!));
  const source = read("core/testing/host/installation.ts");
  const own = [...source.matchAll(/^ {2}(?:readonly |async )?(\w+)(?:\(|<N|: )/gm)].map((match) => match[1]!);

  t.deepEqual(
    [...new Set(own)].filter((name) => name !== "constructor" && !said.has(name)),
    [],
  );
});
