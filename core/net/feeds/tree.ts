import { Parser } from "htmlparser2";
import { depthGauge, endsTooDeep } from "../pages/depth.ts";
import { escapeText } from "../escape-text.ts";
import { xmlAttribute } from "../xml-write.ts";

/** An element of a feed. `name` has the field's usual prefix (`atom:link`, `dc:date`), whatever the document calls it. */
export type FeedNode = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (FeedNode | string)[];
  /** What relative addresses in it stand against (xml:base, each against the one around it). */
  readonly base: string;
  readonly language: string;
  /** Where it begins in the text, where its first tag ends, and where it ends itself. */
  readonly from: number;
  readonly opened: number;
  to: number;
};

const usual: Readonly<Record<string, string>> = {
  "www.w3.org/2005/atom": "atom",
  "purl.org/atom/ns#": "atom",
  "www.w3.org/1999/xhtml": "xhtml",
  "www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
  "purl.org/rss/1.0/modules/content": "content",
  "purl.org/rss/1.0/modules/syndication": "sy",
  "purl.org/dc/elements/1.1": "dc",
  "purl.org/dc/terms": "dcterms",
  "search.yahoo.com/mrss": "media",
  "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
  "purl.org/syndication/thread/1.0": "thr",
  "purl.org/atompub/tombstones/1.0": "at",
  "purl.org/rss/1.0": "",
  "my.netscape.com/rdf/simple/0.9": "",
};
const short = (uri: string) =>
  usual[
    uri
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/\/$/, "")
  ];
const most = 400_000;

class TooMany extends Error {}

/**
 * The tree of a feed, read as browsers read HTML: elements that are not closed, stray ends, bare ampersands and entities nobody
 * declared cost nothing else. No document types: nothing is expanded or fetched. Null when there is no element, or too many.
 */
export function feedTree(text: string, url: string): { root: FeedNode; isCut: boolean } | null {
  const top: FeedNode = { name: "", attributes: {}, children: [], base: url, language: "", from: 0, opened: 0, to: text.length };
  const open: { node: FeedNode; spaces: Readonly<Record<string, string>> }[] = [{ node: top, spaces: {} }];
  const gauge = depthGauge();
  let [count, isCut, isPlain] = [0, false, false];
  const parser = new Parser(
    {
      onopentag(written, given) {
        gauge.enter();
        if (++count > most) throw new TooMany();
        const parent = open.at(-1)!;
        const attributes = decodedAttributes(given);
        const spaces = spacesOf(attributes, parent.spaces);
        const base = attributes["xml:base"];
        const node = {
          name: nameOf(written, spaces),
          attributes,
          children: [],
          base: base === undefined ? parent.node.base : (URL.parse(base.trim(), parent.node.base)?.href ?? parent.node.base),
          language: attributes["xml:lang"] ?? parent.node.language,
          from: parser.startIndex,
          opened: parser.endIndex + 1,
          to: text.length,
        };
        parent.node.children.push(node);
        open.push({ node, spaces });
      },
      oncdatastart: () => void (isPlain = true),
      oncdataend: () => void (isPlain = false),
      ontext(given) {
        const words = isPlain ? given : xmlDecoded(given);
        const { children } = open.at(-1)!.node;
        const last = children.length - 1;
        if (typeof children[last] === "string") children[last] += words;
        else children.push(words);
      },
      onclosetag() {
        gauge.leave();
        if (open.length > 1) open.pop()!.node.to = parser.endIndex + 1;
      },
    },
    // A text comes whole and is decoded at once: the parser gives one piece for each entity, and escaped HTML is full of them.
    { xmlMode: true, decodeEntities: false },
  );
  try {
    isCut = endsTooDeep(() => parser.end(text)) || isCut;
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    isCut = true;
  }
  const root = top.children.find((child) => typeof child !== "string");
  return root ? { root, isCut } : null;
}

function decodedAttributes(given: Record<string, string>): Readonly<Record<string, string>> {
  for (const name in given) if (given[name]!.includes("&")) given[name] = xmlDecoded(given[name]!);
  return given;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text of XML with the five entities it has, and numbers, as the letters they stand for; what else begins with `&` stays. */
function xmlDecoded(text: string): string {
  if (!text.includes("&")) return text;
  if (text.includes("&#"))
    return text.replace(
      /&(?:#(?:[xX]([\da-fA-F]+)|(\d+))|(amp|lt|gt|quot|apos));/g,
      (_, hex?: string, digits?: string, name?: string) =>
        name === undefined ? letterOf(hex === undefined ? Number(digits) : Number.parseInt(hex, 16)) : entities[name]!,
    );
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}

const letterOf = (code: number): string =>
  code === 0 || code > 0x10ffff || code >> 11 === 27 ? "\ufffd" : String.fromCodePoint(code);

function spacesOf(attributes: Readonly<Record<string, string>>, around: Readonly<Record<string, string>>) {
  let spaces = around;
  for (const name in attributes)
    if (name.startsWith("xmlns") && (name.length === 5 || name[5] === ":")) {
      const prefix = name.slice(6);
      const known = short(attributes[name]!);
      spaces = { ...spaces, [`:${prefix}`]: known ?? prefix };
    }
  return spaces;
}

function nameOf(written: string, spaces: Readonly<Record<string, string>>): string {
  const at = written.indexOf(":");
  const [prefix, local] = at < 0 ? ["", written] : [written.slice(0, at), written.slice(at + 1)];
  const known = spaces[`:${prefix}`] ?? prefix;
  return (known === "" ? local : `${known}:${local}`).toLowerCase();
}

/** The elements of that name directly inside. */
export const childrenOf = (node: FeedNode, ...names: string[]): FeedNode[] =>
  node.children.filter((child): child is FeedNode => typeof child !== "string" && names.includes(child.name));

/** The first one of these names that is there, in the order of the names. */
export function childOf(node: FeedNode, ...names: string[]): FeedNode | undefined {
  let found: FeedNode | undefined;
  let rank = names.length;
  for (const child of node.children) {
    if (typeof child === "string") continue;
    const place = names.indexOf(child.name);
    if (place < 0 || place >= rank) continue;
    [found, rank] = [child, place];
    if (place === 0) break;
  }
  return found;
}

/** All text in an element. */
export const textOf = (node: FeedNode | undefined): string =>
  !node
    ? ""
    : node.children.length === 1 && typeof node.children[0] === "string"
      ? node.children[0]
      : node.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");

/** What stands in an element, as HTML, with addresses made absolute by the xml:base of each element. */
export function markupOf(node: FeedNode): string {
  let html = "";
  for (const child of node.children) {
    if (typeof child === "string") {
      html += escapeText(child);
      continue;
    }
    const name = child.name.slice(child.name.indexOf(":") + 1);
    if (!/^[a-z][a-z0-9]*$/.test(name)) html += markupOf(child);
    else html += `<${name}${attributesOf(child)}>${isVoid.has(name) ? "" : `${markupOf(child)}</${name}>`}`;
  }
  return html;
}

const isVoid = new Set("br hr img source wbr col area track input".split(" "));

function attributesOf({ attributes, base }: FeedNode): string {
  let written = "";
  for (const key in attributes) {
    if (!/^[a-z-]+$/i.test(key) || key === "xmlns") continue;
    const value = attributes[key]!;
    written += ` ${key}="${xmlAttribute(/^(href|src|poster|cite)$/i.test(key) ? (URL.parse(value, base)?.href ?? value) : value)}"`;
  }
  return written;
}
