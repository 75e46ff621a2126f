import test from "ava";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { contractFilters, contractFunctions, contractNames, contractObjects } from "../../core/render/contract/contract.ts";
import { slotNames } from "../../core/render/slots.ts";
import { compile } from "../../core/render/theme-engine/engine.ts";

// The last column of the tables on coming from elsewhere says what a word is called here.
const page = readFileSync(fileURLToPath(new URL("../../docs/theming/coming-from.md", import.meta.url)), "utf8");
const tables = page.split("## What has no counterpart")[0]!;
const lastCells = tables
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split(/(?<!\\)\|/).at(-2)!);
const words = lastCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!.replaceAll("\\|", "|")));

/** Whether a path such as `post.author.name` leads through the objects that templates get. */
function leadsSomewhere(path: string): boolean {
  const [name = "", ...fields] = path.replace(/\[\d+\]/g, "").split(".");
  let type: string | undefined = contractNames[name]?.type;
  for (const field of fields) {
    if (type === undefined) return false;
    if (type.startsWith("dict")) return true;
    type = contractObjects[type.replace(/(\[\])?\??$/, "")]?.[field]?.[0];
  }
  return type !== undefined;
}

test("every word that the page for people from elsewhere maps to is one that templates have", (t) => {
  t.true(words.length > 90);
  for (const word of words) {
    for (const [path] of word.matchAll(/\b(?:blog|page|post|posts|theme|menus|pagination)\.[a-zA-Z][\w.[\]]*/g))
      if (!/\.(json|njk)$/.test(path)) t.true(leadsSomewhere(path), path);
    for (const [, name] of word.matchAll(/(?:^|[\s(])([a-zA-Z]+)\(/g))
      if (!word.includes("macro"))
        t.true(Object.hasOwn(contractFunctions, name!) || Object.hasOwn(contractFilters, name!), `${name}()`);
    for (const [, slot] of word.matchAll(/slot\("([^"]+)"/g)) t.true(slotNames.includes(slot!), slot);
  }
});

test("the tags and expressions of that page can be compiled", (t) => {
  const tags = words.filter((word) => /\{[{%#]/.test(word) && !word.includes("-") && !word.includes("else"));
  t.true(tags.length > 8);
  const ends = { if: "endif", for: "endfor", block: "endblock", macro: "endmacro" } as const;
  for (const tag of tags) {
    const opened = /\{% (if|for|block|macro)\b/.exec(tag)?.[1] as keyof typeof ends | undefined;
    const end = opened && !tag.includes(ends[opened]) ? `{% ${ends[opened]} %}` : "";
    t.notThrows(() => compile(tag.includes("…") ? tag.replace("…", "") : tag + end, "page.njk"), tag);
  }
  for (const word of words.filter((one) => /^[a-zA-Z.]+(\(.*\)| \| .*)$/.test(one)))
    t.notThrows(() => compile(`{{ ${word} }}`, "page.njk"), word);
});
