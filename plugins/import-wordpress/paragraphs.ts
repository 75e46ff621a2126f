const NAMES =
  "address|article|aside|blockquote|caption|center|col|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|legend|li|main|map|menu|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|audio|video|iframe|object|script|style|textarea";
const OPENING = new RegExp(`<(?:${NAMES})(?=[\\s>/])[^<>]*>`, "gi");
const CLOSING = new RegExp(`</(?:${NAMES})>|<hr(?=[\\s>/])[^<>]*>`, "gi");
const FIRST = new RegExp(`^<(/?)(${NAMES})(?=[\\s>/])[^<>]*>`, "i");
const LAST = new RegExp(`^(?:</?(?:${NAMES})(?=[\\s>/])[^<>]*>|<br\\s*/?>)$`, "i");
const FLOW = /^(?:blockquote|div|section|article|aside|main|center|header|footer|details)$/i;
const KEPT = /<(pre|script|style|textarea)(?=[\s>/])/gi;

/**
 * Text as people typed it into the classic editor as HTML: a blank line ends a paragraph, one line end is a line break.
 * Blocks that are marked up already, and whatever is preformatted, stay as they are.
 */
export function withParagraphs(text: string): string {
  const { rest, kept } = setAside(text);
  const spaced = rest
    // A line end inside a tag is no line break.
    .replace(/<[^<>]*>/g, (tag) => tag.replaceAll("\n", " "))
    .replace(OPENING, "\n\n$&")
    .replace(CLOSING, "$&\n\n");
  const blocks = spaced.split(/\n[ \t]*\n\s*/).map((block) => block.trim());
  const html = blocks.filter((block) => block !== "").map(paragraphOf);
  return html.join("\n").replace(/\0(\d+)\0/g, (_, number: string) => kept[Number(number)] ?? "");
}

// The XML reader drops control characters, so NUL cannot come from the file.
function setAside(text: string): { rest: string; kept: string[] } {
  const lower = text.toLowerCase();
  const kept: string[] = [];
  let rest = "";
  let at = 0;
  for (const opening of text.matchAll(KEPT)) {
    if (opening.index < at) continue;
    const name = opening[1]!.toLowerCase();
    const closing = lower.indexOf(`</${name}>`, opening.index);
    const end = closing === -1 ? text.length : closing + name.length + 3;
    rest += `${text.slice(at, opening.index)}\n\n\0${kept.length}\0\n\n`;
    kept.push(text.slice(opening.index, end));
    at = end;
  }
  return { rest: rest + text.slice(at), kept };
}

function paragraphOf(block: string): string {
  if (/^\0\d+\0$/.test(block)) return block;
  const first = FIRST.exec(block);
  const lead = first?.[0] ?? "";
  const from = block.lastIndexOf("<");
  const last = from >= lead.length && block.endsWith(">") ? block.slice(from) : "";
  const trail = LAST.test(last) && !/^<br/i.test(last) ? last : "";
  const inside = block.slice(lead.length, block.length - trail.length).trim();
  if (inside === "") return block;
  // Inside a list item or a heading words stand alone; inside a quotation they are paragraphs.
  const wraps = first === null || first[1] === "/" || FLOW.test(first[2]!);
  return lead + (wraps ? `<p>${withBreaks(inside)}</p>` : withBreaks(inside)) + trail;
}

function withBreaks(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const last = lines.length - 1;
  return lines.map((line, at) => (at === last || line === "" || BREAK.test(line.slice(-12)) ? line : `${line}<br>`)).join("\n");
}

const BREAK = /<br\s*\/?>$/i;
