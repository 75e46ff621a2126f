import type { Json, Post, Properties } from "rookery/plugin";
import { cleanTags } from "./tags.ts";

const longest = 2_000;

/** The page that a post keeps: an address of the web from its property `bookmark-of`, written in any of its forms; null without. */
export function bookmarkedUrl(properties: Properties | undefined): string | null {
  const value = first(properties?.["bookmark-of"]);
  const text =
    typeof value === "string"
      ? value
      : firstText(field(field(value, "properties"), "url") ?? field(value, "url") ?? field(value, "value"));
  return webUrl(text);
}

/** A full address of the web, as browsers write it; null for anything else, and for one with a password in it. */
export function webUrl(text: string): string | null {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.href.length > longest) return null;
  return url.href;
}

/** The tags of a post's own property. */
export function tagsOf(properties: Properties | undefined): readonly string[] {
  return cleanTags(field(properties?.bookmarks, "tags"));
}

/** What the property says besides, with other tags; null when it then says nothing. */
export function withTags(post: Pick<Post, "properties">, tags: readonly string[]): Json {
  const kept = post.properties.bookmarks;
  const others = typeof kept === "object" && kept !== null && !Array.isArray(kept) ? (kept as Record<string, Json>) : {};
  const { tags: _before, ...rest } = others;
  const value = { ...rest, ...(tags.length > 0 && { tags: [...tags] }) };
  return Object.keys(value).length > 0 ? value : null;
}

/** Whether a post is a bookmark that its author finds among theirs. */
export function isBookmark({ kind, properties }: Pick<Post, "kind" | "properties">): boolean {
  return kind === "bookmark" && bookmarkedUrl(properties) !== null;
}

const first = (value: Json | undefined): Json | undefined => (Array.isArray(value) ? value[0] : value) as Json | undefined;
const firstText = (value: Json | undefined): string => {
  const one = first(value);
  return typeof one === "string" ? one : "";
};
function field(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, Json>)[name] : undefined;
}
