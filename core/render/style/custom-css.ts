import { scanCss, type CssFinding, type CssUrl } from "./css-scan.ts";

/** Something in a blog's own CSS that keeps it from being saved: a key and values for the catalogue, and an English sentence. */
export type CssProblem = {
  readonly line: number;
  readonly key: string;
  readonly message: string;
  readonly values: Readonly<Record<string, string | number>>;
};

/** Bytes a blog's own CSS may have. */
export const mostCss = 64 * 1024;
const mostProblems = 20;

/** What is wrong with a blog's own CSS, by line; empty when it can be served as it is. */
export function cssProblems(css: string): readonly CssProblem[] {
  if (Buffer.byteLength(css) > mostCss)
    return [{ line: 0, key: "design.css-size", message: "Your CSS has more than 64 KB.", values: { n: 64 } }];
  const { findings, urls } = scanCss(css);
  const wrong = [...findings, ...urls.filter(({ url }) => !isOwnOrSafe(url)).map(urlFinding)].toSorted((a, b) => a.at - b.at);
  return wrong.slice(0, mostProblems).map((finding) => problemOf(css, finding));
}

/** The CSS as it is served: what may not be in it is taken out, for what was stored before it was checked. */
export function safeCss(css: string): string {
  if (css === "" || Buffer.byteLength(css) > mostCss) return "";
  const { findings, urls } = scanCss(css);
  const out = [
    ...findings.filter(({ what }) => what === "import").map(({ at, end }) => ({ at, end, text: "" })),
    ...urls.filter(({ url }) => !isOwnOrSafe(url)).map(({ at, end }) => ({ at, end, text: "none" })),
  ].toSorted((a, b) => b.at - a.at);
  return out.reduce((text, { at, end, text: instead }) => text.slice(0, at) + instead + text.slice(end), css);
}

// A path is the blog's own; everything else comes over https or not at all.
// Browsers take tabs and line ends out of addresses before they read them.
const isOwnOrSafe = (url: string): boolean =>
  !/\p{Cc}/u.test(url) && (/^https:\/\/[^/\\]/i.test(url) || /^\/(?![/\\])/.test(url) || url.startsWith("#"));

const urlFinding = ({ at, end, url }: CssUrl): CssFinding => ({ what: "url", at, end, subject: url.slice(0, 100) });

const sentences: Readonly<Record<CssFinding["what"], (line: number, subject: string) => string>> = {
  import: (line) => `Line ${line}: @import is not allowed; write the rules here.`,
  url: (line, subject) => `Line ${line}: “${subject}” is no https address and no path of this blog.`,
  string: (line) => `Line ${line}: a text in quotes does not end on its line.`,
  comment: (line) => `Line ${line}: a comment does not end.`,
  open: (line, subject) => `Line ${line}: “${subject}” is never closed.`,
  close: (line, subject) => `Line ${line}: “${subject}” closes nothing.`,
};

function problemOf(css: string, { what, at, subject }: CssFinding): CssProblem {
  const line = css.slice(0, at).split("\n").length;
  return { line, key: `design.css-${what}`, message: sentences[what](line, subject), values: { line, subject } };
}
