import { plainText } from "rookery/plugin";
import { hasBlocks, withoutBlockMarkup, withoutComments } from "./blocks.ts";
import { escapeHtml, mediaShortcodes, type PicturesOf } from "./media-shortcodes.ts";
import { withParagraphs } from "./paragraphs.ts";
import { outsideOfCode } from "./protect.ts";
import { expandShortcodes } from "./shortcodes.ts";

/** What a text may refer to, and who is told what had to be left. */
export type ContentSources = {
  readonly sharedBlocks: ReadonlyMap<string, string>;
  readonly picturesOf: PicturesOf;
  onUnknownShortcode(name: string): void;
  onDroppedBlock(name: string): void;
};

const MORE = /<!--more(?:\s[^<>]*)?-->/;
// Squarespace and lazy-loading plugins let a script fill in the picture's address.
const LAZY_IMAGE = /<img\s[^<>]*\sdata-src=[^<>]*>/gi;
const LONE_URL = /<p>\s*(https?:\/\/[^\s<>"]+)\s*<\/p>/gi;

/** The text of a WordPress post as HTML that needs no WordPress. `teaser` is what stood before its "more" mark, as plain text. */
export function contentOf(source: string, sources: ContentSources): { readonly html: string; readonly teaser: string } {
  const text = source.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  const more = MORE.exec(text);
  const isBlocks = hasBlocks(text);
  const bare = isBlocks
    ? withoutBlockMarkup(text, sources.sharedBlocks, sources.onDroppedBlock)
    : outsideOfCode(text, withoutComments);
  const expanded = expandShortcodes(bare, mediaShortcodes(sources.picturesOf), sources.onUnknownShortcode);
  const html = isBlocks ? expanded.replace(/\n{3,}/g, "\n\n").trim() : withParagraphs(expanded);
  const linked = html.replace(LONE_URL, (_, url: string) => linkOf(url));
  const shown = linked.replace(LAZY_IMAGE, (tag) => (/\ssrc=/i.test(tag) ? tag : tag.replace(/\sdata-src=/i, " src=")));
  return { html: shown, teaser: more ? plainText(withoutComments(text.slice(0, more.index))).slice(0, 1000) : "" };
}

// WordPress shows what stands at an address alone on its line; here it stays reachable.
function linkOf(url: string): string {
  const plain = url.replaceAll("&amp;", "&");
  return `<p><a href="${escapeHtml(plain)}">${escapeHtml(plain)}</a></p>`;
}
