/** A text field as it stands: its text and what is selected in it. */
export type Selected = { readonly text: string; readonly start: number; readonly end: number };

/** A change of a text: what takes the place of `from`…`to`, and what is selected afterwards. */
export type Edit = {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
};

/** Puts a mark around the selection, or takes it away where it is there already; one asterisk is not two. */
export function toggleMark({ text, start, end }: Selected, mark: string): Edit {
  const inner = text.slice(start, end);
  const [size, letter] = [mark.length, mark[0]!];
  const run = (part: string, isAtEnd: boolean) => (isAtEnd ? /\**$/ : /^\**/).exec(part)![0].length;
  // Three asterisks are both, bold and thin.
  const isSame = (count: number) => count === size || count === 3;
  const has = (before: string, after: string) =>
    letter === "*" ? isSame(run(before, true)) && isSame(run(after, false)) : before.endsWith(mark) && after.startsWith(mark);
  if (has(text.slice(0, start), text.slice(end)))
    return { from: start - size, to: end + size, insert: inner, start: start - size, end: end - size };
  const isInside = inner.length > 2 * size && inner.startsWith(mark) && inner.endsWith(mark);
  if (isInside && (letter !== "*" || (isSame(run(inner, false)) && isSame(run(inner, true))))) {
    const bare = inner.slice(size, -size);
    return { from: start, to: end, insert: bare, start, end: start + bare.length };
  }
  // Marks hug the words: a space inside would make them asterisks.
  const [lead, tail] = [/^\s*/.exec(inner)![0], inner.trim() === "" ? "" : /\s*$/.exec(inner)![0]];
  const words = inner.slice(lead.length, inner.length - tail.length);
  const at = start + lead.length + size;
  return { from: start, to: end, insert: lead + mark + words + mark + tail, start: at, end: at + words.length };
}

/** Code: ticks around words, a fence around lines. */
export function toggleCode(selected: Selected): Edit {
  const { text, start, end } = selected;
  const inner = text.slice(start, end);
  if (!inner.includes("\n")) return toggleMark(selected, "`");
  const fenced = /^```[^\n]*\n([^]*?)\n?```$/.exec(inner);
  const insert = fenced ? fenced[1]! : `\`\`\`\n${inner.replace(/\n$/, "")}\n\`\`\``;
  return { from: start, to: end, insert, start, end: start + insert.length };
}

/** A link of the selection; its address, or its words when an address was selected, are to be typed next. */
export function makeLink({ text, start, end }: Selected, address = ""): Edit {
  const inner = text.slice(start, end);
  if (address === "" && isAddress(inner))
    return { from: start, to: end, insert: `[](${inner})`, start: start + 1, end: start + 1 };
  const insert = `[${inner}](${address || "https://"})`;
  const at = start + inner.length + 3;
  if (inner === "") return { from: start, to: end, insert, start: start + 1, end: start + 1 };
  return address === ""
    ? { from: start, to: end, insert, start: at, end: at + "https://".length }
    : { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}

/** Whether a text is nothing but a web address. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>]+$/i.test(text.trim());
}
