import { PublicError, type Post } from "rookery/plugin";
import { hashOf } from "../../timeline/ids.ts";

type Says = Readonly<{ [K in "title" | "html" | "photos" | "audio"]: Post[K] }>;

// Clean HTML has no `>` in attributes, and no quotes in its text.
const blocks =
  /<\/?(?:p|br|div|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|pre|hr|figure|figcaption|table|caption|tr|td|th|thead|tbody|tfoot|details|summary)\b[^>]*>/g;
const said = /\s(?:href|src|srcset|poster|alt|title)="[^"]*"/g;

/** What a post says, so that other words, links, pictures or sound are noticed: what is only set differently (bold, a list) is not. */
export function markOf({ title, html, photos, audio }: Says): string {
  const words = html
    .replace(blocks, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/[\s\u00a0]+/g, " ")
    .trim();
  const named = html.match(said) ?? [];
  return hashOf(JSON.stringify([title, words, named, photos.map(({ url }) => url), audio.map(({ url }) => url)]));
}

/** Refuses what somebody does to a post that says something else by now than what they read (`seen`, empty when nobody knows). PublicError 409. */
export function mustBeAsRead(post: Says, seen: string): void {
  if (seen !== "" && markOf(post) !== seen)
    throw new PublicError("edited", "The post says something else by now than what you read. Read it again.", 409);
}
