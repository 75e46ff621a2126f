import type { Edit, Selected } from "./edits.ts";

/** What a line may begin with. */
export type Prefix = "> " | "- " | "## ";

const begins: Readonly<Record<Prefix, RegExp>> = { "> ": /^> ?/, "- ": /^[-*+] /, "## ": /^#{1,6} / };

/** Begins every selected line with a prefix, or takes it away when all of them have it. */
export function togglePrefix(selected: Selected, prefix: Prefix): Edit {
  return changeLines(selected, (lines) => {
    const full = lines.filter((line) => line !== "" || lines.length === 1);
    const hasAll = full.every((line) => begins[prefix].test(line));
    const isLeft = (line: string) => (line === "" && lines.length > 1) || begins[prefix].test(line);
    return (line) => (hasAll ? line.replace(begins[prefix], "") : isLeft(line) ? line : prefix + line.replace(/^#{1,6} /, ""));
  });
}

/** Moves the selected lines in or out, by what a list item needs to belong to the one above. */
export function indent(selected: Selected, by: 1 | -1): Edit {
  return changeLines(selected, () => (line) => {
    const step = /^\s*\d+[.)] /.test(line) ? "   " : "  ";
    return by > 0 ? step + line : line.replace(new RegExp(`^ {1,${step.length}}`), "");
  });
}

/** What Enter does at the end of a list's or quote's line: go on with the next, or end it when it is empty. */
export function continueLine({ text, start, end }: Selected): Edit | null {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const line = text.slice(from, next < 0 ? undefined : next);
  const found = /^((?:[ \t]{0,3}>[ \t]?)*)(?:([ \t]*)([-*+]|(\d{1,9})([.)]))([ \t]+)(\[[ xX]\][ \t]+)?)?/.exec(line)!;
  const [whole, quote = "", pad = "", bullet, number, dot, space = "", box] = found;
  if (whole.trim() === "" || start - from < whole.length) return null;
  if (line.slice(whole.length).trim() === "") {
    const insert = bullet === undefined ? "" : quote;
    return { from, to: from + line.length, insert, start: from + insert.length, end: from + insert.length };
  }
  const mark = bullet === undefined ? "" : pad + (number === undefined ? bullet : Number(number) + 1 + dot!) + space;
  const insert = `\n${quote}${mark}${box === undefined ? "" : "[ ] "}`;
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}

function changeLines({ text, start, end }: Selected, make: (lines: string[]) => (line: string) => string): Edit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  // A selection that ends at the start of a line does not mean that line.
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const stop = text.indexOf("\n", last);
  const to = stop < 0 ? text.length : stop;
  const lines = text.slice(from, to).split("\n");
  const insert = lines.map(make(lines)).join("\n");
  if (start === end) {
    const at = Math.max(from, start + insert.length - (to - from));
    return { from, to, insert, start: at, end: at };
  }
  return { from, to, insert, start: from, end: from + insert.length };
}
