/** An element of a drawn page. */
export type MarkupElement = {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (MarkupElement | string)[];
};

const empty = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const raw = new Set(["script", "style", "textarea", "title"]);
// What an element closes when it begins, where its end may be left out.
const closes: Readonly<Record<string, readonly string[]>> = {
  li: ["li"],
  dt: ["dt", "dd"],
  dd: ["dt", "dd"],
  tr: ["tr", "td", "th"],
  td: ["td", "th"],
  th: ["td", "th"],
  option: ["option"],
};
const deepest = 500;
const nameAt = /[a-z][a-z0-9-]*/iy;
const attributeAt = /[\s/]*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/y;

/**
 * Reads a page that our engine drew into elements. No browser: what a theme's templates and our own functions print is
 * well-formed enough, and a mistake here costs a finding, never safety. Takes time linear in the page.
 */
export function readMarkup(page: string): MarkupElement {
  const root: MarkupElement = { tag: "", attributes: new Map(), children: [] };
  const open = [root];
  let at = 0;
  while (at < page.length) {
    const next = page.indexOf("<", at);
    if (next < 0) {
      open.at(-1)!.children.push(unescapeText(page.slice(at)));
      break;
    }
    if (next > at) open.at(-1)!.children.push(unescapeText(page.slice(at, next)));
    at = page[next + 1] === "/" ? closeTag(page, next, open) : openTag(page, next, open);
  }
  return root;
}

/** All elements below one, in the order of the page. */
export function elementsIn(root: MarkupElement): MarkupElement[] {
  const found: MarkupElement[] = [];
  const waiting = elementsOf(root).toReversed();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    for (const child of elementsOf(next).toReversed()) waiting.push(child);
  }
  return found;
}

const elementsOf = ({ children }: MarkupElement) => children.filter((child) => typeof child !== "string");

/** All text below an element. */
export function textIn(root: MarkupElement): string {
  return root.children.map((child) => (typeof child === "string" ? child : textIn(child))).join("");
}

/** The classes of an element. */
export function classesOf(element: MarkupElement): string[] {
  return (element.attributes.get("class") ?? "").split(/\s+/).filter((name) => name !== "");
}

function closeTag(page: string, at: number, open: MarkupElement[]): number {
  nameAt.lastIndex = at + 2;
  const tag = nameAt.exec(page)?.[0].toLowerCase();
  const place = open.findLastIndex((element) => element.tag === tag);
  if (place > 0) open.length = place;
  return endOf(page, ">", at);
}

function openTag(page: string, at: number, open: MarkupElement[]): number {
  if (page.startsWith("<!--", at)) return endOf(page, "-->", at + 4);
  nameAt.lastIndex = at + 1;
  const name = nameAt.exec(page)?.[0];
  if (name === undefined) {
    if (page[at + 1] === "!") return endOf(page, ">", at);
    open.at(-1)!.children.push("<");
    return at + 1;
  }
  const tag = name.toLowerCase();
  const element: MarkupElement = { tag, attributes: new Map(), children: [] };
  const end = readAttributes(page, at + 1 + name.length, element.attributes as Map<string, string>);
  while (closes[tag]?.includes(open.at(-1)!.tag)) open.pop();
  open.at(-1)!.children.push(element);
  if (empty.has(tag)) return end;
  if (raw.has(tag)) return readRaw(page, end, element);
  // A page of ten thousand open elements is read flat rather than deep.
  if (open.length < deepest) open.push(element);
  return end;
}

function readAttributes(page: string, from: number, attributes: Map<string, string>): number {
  let at = from;
  for (;;) {
    attributeAt.lastIndex = at;
    const match = attributeAt.exec(page);
    if (!match) break;
    const [whole, name, double, single, bare] = match;
    const key = name!.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, unescapeText(double ?? single ?? bare ?? ""));
    at += whole.length;
  }
  return endOf(page, ">", at);
}

function readRaw(page: string, from: number, element: MarkupElement): number {
  const rest = new RegExp(`</${element.tag}[\\s>]`, "gi");
  rest.lastIndex = from;
  const end = rest.exec(page)?.index ?? page.length;
  const text = page.slice(from, end);
  element.children.push(element.tag === "script" || element.tag === "style" ? text : unescapeText(text));
  return endOf(page, ">", end);
}

function endOf(page: string, ending: string, from: number): number {
  const at = page.indexOf(ending, from);
  return at < 0 ? page.length : at + ending.length;
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

function unescapeText(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
