import { diffLines } from "diff";

/** A run of lines, as it is in both texts, only in the new one, or only in the old one; `gap` stands for lines left out. */
export type LineChange = { readonly kind: "same" | "added" | "removed" | "gap"; readonly text: string; readonly count: number };

const around = 3;

/** How one text became another, line by line, with three lines around every change. Empty when nothing changed. */
export function lineChanges(before: string, after: string): readonly LineChange[] {
  if (before === after) return [];
  const found = diffLines(before, after, { timeout: 500 });
  if (!found) return [change("removed", before), change("added", after)].filter(({ text }) => text !== "");
  return found.flatMap(({ value, added, removed }, at): LineChange[] => {
    if (added || removed) return [change(added ? "added" : "removed", value)];
    return shortened(value, { isFirst: at === 0, isLast: at === found.length - 1 });
  });
}

function shortened(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): LineChange[] {
  const lines = text.replace(/\n$/, "").split("\n");
  const [head, tail] = [isFirst ? 0 : around, isLast ? 0 : around];
  const left = lines.length - head - tail;
  if (left <= 1) return [change("same", text)];
  return [
    change("same", lines.slice(0, head).join("\n")),
    { kind: "gap" as const, text: "", count: left },
    change("same", tail === 0 ? "" : lines.slice(-tail).join("\n")),
  ].filter(({ kind, text: some }) => kind === "gap" || some !== "");
}

function change(kind: LineChange["kind"], text: string): LineChange {
  const bare = text.replace(/\n$/, "");
  return { kind, text: bare, count: bare.split("\n").length };
}
