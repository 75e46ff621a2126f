import { isAddress, makeLink, type Edit, type Selected } from "./edits.ts";

/** What a paste becomes: a change of ours, or the browser's own with an offer to keep its formatting. */
export type Pasted = { readonly edit: Edit } | { readonly isRich: boolean };

/** Decides about what was copied elsewhere. */
export function pasted(selected: Selected, copied: { readonly text: string; readonly html: string }): Pasted {
  const words = selected.text.slice(selected.start, selected.end);
  if (isAddress(copied.text) && words !== "" && !isAddress(words) && !words.includes("\n"))
    return { edit: makeLink(selected, copied.text.trim()) };
  const table = /<table\b/i.test(copied.html) ? tableOf(copied.text) : null;
  if (table !== null) {
    const before = selected.text.slice(0, selected.start);
    const insert = (before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n") + table;
    const at = selected.start + insert.length;
    return { edit: { from: selected.start, to: selected.end, insert, start: at, end: at } };
  }
  return { isRich: /<(a|b|strong|em|i|del|s|h[1-6]|ul|ol|blockquote|pre|code|img|table)\b/i.test(copied.html) };
}

/** Cells between tabs as a Markdown table, its first row as the head; null when they are none. */
export function tableOf(text: string): string | null {
  const rows = text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) => line.split("\t").map((cell) => cell.trim().replaceAll("|", "\\|")));
  const columns = rows[0]!.length;
  if (columns < 2 || rows.length > 500 || rows.some((row) => row.length !== columns)) return null;
  const draw = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = draw(Array<string>(columns).fill("---"));
  return [draw(rows[0]!), rule, ...rows.slice(1).map(draw)].join("\n") + "\n";
}
