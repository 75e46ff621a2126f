import MarkdownIt from "markdown-it";
import { type SanitiseOptions, sanitise } from "./sanitise.ts";

/** Most bytes of UTF-8 a Markdown text may have. */
export const MARKDOWN_MAX_BYTES = 100_000;
const MAX_NESTING = 100;
const MAX_LINKS = 2_000;

/** A Markdown text that is too long, or holds too many links, to be turned into HTML; `limit` is the number allowed. */
export class MarkdownRefused extends Error {
  readonly reason: "too-long" | "too-many-links";
  readonly limit: number;

  constructor(reason: "too-long" | "too-many-links", limit: number) {
    super(`The text was not rendered: ${reason}, at most ${limit} are allowed.`);
    this.name = "MarkdownRefused";
    this.reason = reason;
    this.limit = limit;
  }
}

// A single line break is a line break: that is how people write short posts.
const markdown = new MarkdownIt({ html: true, linkify: true, breaks: true, typographer: false, maxNesting: MAX_NESTING });
// `example.com` alone is more often prose than a link; people who mean one write the scheme.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

/** Gives clean HTML of a Markdown text with inline HTML; throws MarkdownRefused over 100 kB or 2,000 links. */
export function markdownToHtml(source: string, policy: "untrusted" | "reader" | "own", options: SanitiseOptions = {}): string {
  if (Buffer.byteLength(source) > MARKDOWN_MAX_BYTES) throw new MarkdownRefused("too-long", MARKDOWN_MAX_BYTES);
  const html = markdown.render(source);
  if (countLinks(html) > MAX_LINKS) throw new MarkdownRefused("too-many-links", MAX_LINKS);
  return sanitise(html, policy, options);
}

function countLinks(html: string): number {
  let count = 0;
  for (let at = html.indexOf("<a"); at !== -1; at = html.indexOf("<a", at + 2)) count++;
  return count;
}
