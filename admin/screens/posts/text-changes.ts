import { diffWordsWithSpace } from "diff";

/** A stretch of a text, as it is in both, only in the new one, or only in the old one. */
export type Change = { readonly text: string; readonly kind: "same" | "added" | "removed" };

/** How one text became another, word by word. Texts that take too long to compare are all removed, then all added. */
export function textChanges(before: string, after: string): readonly Change[] {
  if (before === after) return before === "" ? [] : [{ text: before, kind: "same" }];
  const found = diffWordsWithSpace(before, after, { timeout: 300 });
  const changes = found?.map(({ value, added, removed }): Change => ({
    text: value,
    kind: added ? "added" : removed ? "removed" : "same",
  }));
  const whole: Change[] = [
    { text: before, kind: "removed" },
    { text: after, kind: "added" },
  ];
  return changes ?? whole.filter(({ text }) => text !== "");
}
