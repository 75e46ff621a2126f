import test from "ava";
import { lineChanges } from "./line-changes.ts";

const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}`);
const shown = (before: string, after: string) =>
  lineChanges(before, after).map(({ kind, text, count }) => `${kind} ${kind === "gap" ? count : text}`);

test("two texts that are the same have no changes", (t) => {
  t.deepEqual(lineChanges("a\nb", "a\nb"), []);
});

test("a change shows the lines around it, and says how many are left out", (t) => {
  const before = numbered(1, 20).join("\n");

  t.deepEqual(shown(before, before.replace("line 10", "line ten")), [
    "gap 6",
    "same line 7\nline 8\nline 9",
    "removed line 10",
    "added line ten",
    "same line 11\nline 12\nline 13",
    "gap 7",
  ]);
});

test("a text that begins or ends is all added or all removed", (t) => {
  t.deepEqual(shown("", "a\nb\n"), ["added a\nb"]);
  t.deepEqual(shown("a\n", ""), ["removed a"]);
});
