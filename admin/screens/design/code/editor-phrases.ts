import type { Translate } from "../../../texts.ts";

// What the editor calls its own parts in English, and the texts we have for them.
const phrases: Readonly<Record<string, string>> = {
  Find: "find",
  Replace: "replace",
  next: "next",
  previous: "previous",
  all: "all",
  "match case": "case",
  regexp: "pattern",
  "by word": "word",
  replace: "replace-one",
  "replace all": "replace-all",
  close: "close",
  "current match": "match",
  "replaced $ matches": "replaced",
  "replaced match on line $": "replaced-line",
  "on line": "on-line",
  "Go to line": "line",
  go: "go",
  Completions: "completions",
};

/** The texts of the code editor, as it asks for them. */
export function editorPhrases(t: Translate): string {
  const said = Object.entries(phrases).map(([own, key]) => [own, t(`design.editor-${key}`, { n: "$" })]);
  return JSON.stringify(Object.fromEntries(said));
}
