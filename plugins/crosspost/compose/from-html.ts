import { sanitise, type Photo } from "rookery/plugin";
import type { Facet } from "../api.ts";
import { trimmed, type RichText } from "./rich-text.ts";
import { tagsOf, type Tag } from "./tags.ts";
import { TextLines } from "./text-lines.ts";

/** What a post's HTML says without markup: its text with the links in it, and the pictures it shows. */
export type Content = { readonly rich: RichText; readonly pictures: readonly Photo[] };

const dropped = new Set(["audio", "video", "iframe", "rp", "script", "style", "template", "svg", "math"]);
const paragraphs = new Set("p h1 h2 h3 h4 h5 h6 ul ol dl pre table figure blockquote hr".split(" "));
const lines = new Set("div li dt dd tr caption figcaption summary details".split(" "));

/**
 * Gives the text of a post's HTML: paragraphs and line breaks as newlines, block quotes as `> `, lists with their marks, code
 * literal, emphasis dropped; embeds, scripts and footnotes dropped. Addresses are absolute, seen from `base`.
 */
export function contentOf(html: string, base: string): Content {
  const reader = new Reader(base);
  // The sanitiser would leave a link in the place of an embed.
  const clean = sanitise(html.replace(/<iframe\b[^>]*>(?:[^<]*<\/iframe>)?/gi, ""), "own");
  for (const tag of tagsOf(clean)) reader.take(tag);
  return { rich: trimmed(reader.rich()), pictures: reader.pictures };
}

class Reader {
  readonly pictures: Photo[] = [];
  readonly #base: string;
  readonly #text = new TextLines();
  readonly #links: Facet[] = [];
  readonly #lists: { isOrdered: boolean; number: number }[] = [];
  #open: { url: string; start: number } | null = null;
  /** Name of the dropped element we are in, and how many of it are open. */
  #skipped: { name: string; depth: number } | null = null;

  constructor(base: string) {
    this.#base = base;
  }

  take(tag: Tag): void {
    if (this.#skipped) return this.#skip(this.#skipped, tag);
    if (tag.kind === "text") this.#text.add(tag.text);
    else if (tag.kind === "start") this.#start(tag);
    else this.#end(tag.name);
  }

  rich(): RichText {
    return { text: this.#text.text, links: this.#links };
  }

  #skip(skipped: { name: string; depth: number }, tag: Tag): void {
    if (tag.kind === "text" || tag.name !== skipped.name) return;
    skipped.depth += tag.kind === "start" ? 1 : -1;
    if (skipped.depth === 0) this.#skipped = null;
  }

  #start(tag: Tag & { kind: "start" }): void {
    const { name } = tag;
    const isNote = /(?:^|\s)footnote/.test(tag.attribute("class") ?? "");
    if (dropped.has(name) || (isNote && name !== "a")) this.#skipped = { name, depth: 1 };
    else if (name === "br") this.#text.lineBreak();
    else if (name === "img") this.#picture(tag);
    else if (name === "a") this.#open = this.#linkAt(tag);
    else if (name === "q") this.#text.add("“");
    // How it is read stands beside what is written, in brackets of our own: those of the page (rp) are not always there.
    else if (name === "rt") this.#text.add("(");
    else if ((name === "td" || name === "th") && !this.#text.isAtLineStart) this.#text.add(" | ");
    this.#breakAt(name);
    if (name === "blockquote") this.#text.quoteDepth++;
    if (name === "pre") this.#text.isLiteral = true;
    if (name === "ul" || name === "ol")
      this.#lists.push({ isOrdered: name === "ol", number: Number(tag.attribute("start") ?? 1) || 1 });
    const list = this.#lists.at(-1);
    if (name === "li" && list) this.#text.mark(list.isOrdered ? `${list.number++}. ` : "• ");
  }

  #end(name: string): void {
    if (name === "a") this.#closeLink();
    if (name === "q") this.#text.add("”");
    if (name === "rt") this.#text.add(")");
    if (name === "pre") this.#text.isLiteral = false;
    if (name === "ul" || name === "ol") this.#lists.pop();
    this.#breakAt(name);
    if (name === "blockquote") this.#text.quoteDepth = Math.max(0, this.#text.quoteDepth - 1);
  }

  #breakAt(name: string): void {
    // A list inside a list goes on under its entry.
    const isNested = (name === "ul" || name === "ol") && this.#lists.length > 0;
    if (paragraphs.has(name) && !isNested && !(name === "p" && this.#lists.length > 0)) this.#text.paragraph();
    else if (lines.has(name) || paragraphs.has(name)) this.#text.line();
  }

  #linkAt(tag: Tag & { kind: "start" }): { url: string; start: number } | null {
    const url = webAddress(tag.attribute("href"), this.#base);
    return url ? { url, start: this.#text.nextLetter } : null;
  }

  #closeLink(): void {
    const open = this.#open;
    this.#open = null;
    if (!open) return;
    const text = this.#text.text;
    const said = text.slice(open.start);
    const start = open.start + said.length - said.trimStart().length;
    if (said.trim() !== "") this.#links.push({ start, end: text.trimEnd().length, url: open.url });
  }

  #picture(tag: Tag & { kind: "start" }): void {
    const url = webAddress(tag.attribute("src"), this.#base);
    const [width, height] = [Number(tag.attribute("width")), Number(tag.attribute("height"))];
    if (url)
      this.pictures.push({ url, alt: tag.attribute("alt") ?? "", ...(width > 0 && { width }), ...(height > 0 && { height }) });
  }
}

function webAddress(address: string | undefined, base: string): string | null {
  const url = address === undefined || address.startsWith("#") ? null : URL.parse(address, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
