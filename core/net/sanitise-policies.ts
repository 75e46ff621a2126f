import type { UrlRule } from "./sanitise-url.ts";

/** How much HTML a place accepts: none, a stranger's reply, a followed feed, or the blog's own posts. */
export type Policy = "text" | "untrusted" | "reader" | "own";

/** Kinds of attribute value; `sanitise-attributes.ts` holds the check of each. */
export type AttributeKind =
  "text" | "url" | "image" | "srcset" | "number" | "flag" | "language" | "direction" | "class" | "id" | "rel" | "name";

/** What one policy lets through. */
export type Rules = {
  readonly elements: ReadonlySet<string>;
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, AttributeKind>>;
  readonly everywhere: ReadonlyMap<string, AttributeKind>;
  readonly links: UrlRule;
  readonly rename: ReadonlyMap<string, string>;
};

const words = (list: string) => list.split(" ");
const kinds = (table: Record<string, AttributeKind>) => new Map(Object.entries(table));
const byElement = (table: Record<string, Record<string, AttributeKind>>) =>
  new Map(Object.entries(table).map(([element, attributes]) => [element, kinds(attributes)]));
const renames = (from: string, to: string) => words(from).map((name): [string, string] => [name, to]);

// `div` is in no row of the table of security.md §2, but dropping it would glue the paragraphs of many blogs together.
const UNTRUSTED = words("p br a strong em b i u s del ins sub sup code pre blockquote ul ol li span div");
const READER = [
  ...UNTRUSTED,
  ...words("h3 h4 h5 h6 hr img figure figcaption table caption thead tbody tfoot tr th td dl dt dd audio video source"),
  ...words("abbr cite q time mark small kbd samp var details summary"),
];
// h2 stays in own posts: a theme writes the title as h1, and authors start their sections at h2.
const OWN = [...READER, ...words("h2 ruby rt rp wbr picture iframe")];

const BLOCKS = renames("section article aside header footer main nav address center hgroup", "div");
const OLD_NAMES: [string, string][] = [
  ["strike", "s"],
  ["tt", "code"],
  ["acronym", "abbr"],
];

const UNTRUSTED_ATTRIBUTES: Record<string, Record<string, AttributeKind>> = {
  a: { href: "url" },
  ol: { start: "number", reversed: "flag" },
};
const READER_ATTRIBUTES: Record<string, Record<string, AttributeKind>> = {
  ...UNTRUSTED_ATTRIBUTES,
  img: { src: "image", alt: "text", width: "number", height: "number" },
  audio: { src: "image", controls: "flag" },
  video: {
    src: "image",
    controls: "flag",
    width: "number",
    height: "number",
    // Timelines of apps show a picture first and load nothing before somebody wants it (client-api.md §2.1).
    poster: "image",
    preload: "text",
    playsinline: "flag",
  },
  source: { src: "image", type: "text" },
  time: { datetime: "text" },
  del: { datetime: "text", cite: "url" },
  ins: { datetime: "text", cite: "url" },
  q: { cite: "url" },
  blockquote: { cite: "url" },
  td: { colspan: "number", rowspan: "number" },
  th: { colspan: "number", rowspan: "number" },
};
const OWN_ATTRIBUTES: Record<string, Record<string, AttributeKind>> = {
  ...READER_ATTRIBUTES,
  a: { href: "url", rel: "rel", name: "name" },
  img: { ...READER_ATTRIBUTES["img"], srcset: "srcset", sizes: "text" },
  source: { ...READER_ATTRIBUTES["source"], srcset: "srcset", sizes: "text", media: "text" },
  audio: { ...READER_ATTRIBUTES["audio"], loop: "flag", preload: "text" },
  video: { ...READER_ATTRIBUTES["video"], loop: "flag", muted: "flag" },
  iframe: { src: "url", width: "number", height: "number", allowfullscreen: "flag" },
  details: { open: "flag" },
  li: { value: "number" },
};

const WEB = ["http", "https", "mailto"];

/** The allow-lists of security.md §2, one for each policy that keeps markup. */
export const RULES: Readonly<Record<Exclude<Policy, "text">, Rules>> = {
  untrusted: {
    elements: new Set(UNTRUSTED),
    attributes: byElement(UNTRUSTED_ATTRIBUTES),
    everywhere: kinds({ lang: "language", dir: "direction", class: "class" }),
    links: { schemes: new Set(WEB), relative: false },
    rename: new Map([...BLOCKS, ...OLD_NAMES, ...renames("h1 h2 h3 h4 h5 h6 figure figcaption dl dt dd table tr", "div")]),
  },
  reader: {
    elements: new Set(READER),
    attributes: byElement(READER_ATTRIBUTES),
    everywhere: kinds({ lang: "language", dir: "direction", title: "text" }),
    links: { schemes: new Set(WEB), relative: false },
    rename: new Map([...BLOCKS, ...OLD_NAMES, ...renames("h1 h2", "h3")]),
  },
  own: {
    elements: new Set(OWN),
    attributes: byElement(OWN_ATTRIBUTES),
    everywhere: kinds({ lang: "language", dir: "direction", title: "text", class: "class", id: "id" }),
    links: { schemes: new Set([...WEB, "tel"]), relative: true },
    rename: new Map([...BLOCKS, ...OLD_NAMES, ["h1", "h2"]]),
  },
};

/** Elements whose content is dropped with them: what they hold is not prose. */
export const SWALLOWED: readonly string[] = words(
  "script style textarea option select xmp noscript noembed noframes plaintext template svg math title head object applet",
);

/** Elements that mean something only inside others; on their own they could close an element of the theme around them. */
export const PARENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["li", ["ul", "ol"]],
  ...["dt", "dd"].map((name): [string, string[]] => [name, ["dl"]]),
  ...words("caption thead tbody tfoot tr td th").map((name): [string, string[]] => [name, ["table"]]),
  ...["rt", "rp"].map((name): [string, string[]] => [name, ["ruby"]]),
]);
