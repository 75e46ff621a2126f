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
  let [count, isCut] = [0, false];
  const parser = new Parser(
    {
      onopentag(written, attributes) {
        gauge.enter();
        if (++count > most) throw new TooMany();
        const parent = open.at(-1)!;
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
      ontext(words) {
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
    { xmlMode: true, decodeEntities: true },
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

function spacesOf(attributes: Readonly<Record<string, string>>, around: Readonly<Record<string, string>>) {
  let spaces = around;
  for (const [name, uri] of Object.entries(attributes))
    if (name === "xmlns" || name.startsWith("xmlns:")) {
      const prefix = name.slice(6);
      const known = short(uri);
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
  for (const name of names) {
    const found = node.children.find((child): child is FeedNode => typeof child !== "string" && child.name === name);
    if (found) return found;
  }
  return undefined;
}

/** All text in an element. */
export const textOf = (node: FeedNode | undefined): string =>
  node ? node.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("") : "";

/** What stands in an element, as HTML, with addresses made absolute by the xml:base of each element. */
export function markupOf(node: FeedNode): string {
  return node.children
    .map((child) => {
      if (typeof child === "string") return escapeText(child);
      const name = child.name.replace(/^[^:]*:/, "");
      if (!/^[a-z][a-z0-9]*$/.test(name)) return markupOf(child);
      const attributes = Object.entries(child.attributes)
        .filter(([key]) => /^[a-z-]+$/i.test(key) && key !== "xmlns")
        .map(
          ([key, value]) =>
            ` ${key}="${xmlAttribute(/^(href|src|poster|cite)$/i.test(key) ? (URL.parse(value, child.base)?.href ?? value) : value)}"`,
        );
      const isVoid = /^(br|hr|img|source|wbr|col|area|track|input)$/.test(name);
      return `<${name}${attributes.join("")}>${isVoid ? "" : `${markupOf(child)}</${name}>`}`;
    })
    .join("");
}
