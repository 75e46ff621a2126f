import { linksIn, type Interaction, type Json, type Post } from "rookery/plugin";
import { hashOf } from "../row-id.ts";
import { webUrl, withoutFragment } from "../web-url.ts";

const mostTargets = 200;
type Fields = { readonly [key: string]: Json };

/**
 * The addresses a post's entry links to, each once and as written (indieweb.md §6.1): in its text, what it answers, likes, reposts
 * or bookmarks, and whom it tags. Copies elsewhere are none of them, nor the post itself.
 */
export async function targetsOf(post: Post): Promise<string[]> {
  const copies = new Set(texts(post.properties.syndication).map((url) => URL.parse(url)?.href));
  const inText = await linksIn(post.html, post.url);
  // Another time, rather than telling nobody.
  if (inText === null) throw new Error("The links of a post could not be read in time");
  const written = inText
    .filter(({ element, attribute }) => attribute === "href" && (element === "a" || element === "area"))
    .map((link) => (webUrl(link.written) ? link.written : link.url));
  const targets = new Map<string, string>();
  for (const one of [...marked(post), ...written]) {
    const url = webUrl(one);
    if (!url || copies.has(url.href) || withoutFragment(url.href) === withoutFragment(post.url)) continue;
    if (!targets.has(url.href)) targets.set(url.href, one.trim());
  }
  return [...targets.values()].slice(0, mostTargets);
}

/** What a post says in microformats, as addresses: `in-reply-to`, everything that ends in `-of`, and people that are tagged. */
export function marked(post: Post): string[] {
  const names = Object.keys(post.properties).filter((name) => name === "in-reply-to" || /^[a-z]+-of$/.test(name));
  const people = list(post.properties.category).filter((one) => typeof one === "object");
  return [...names.flatMap((name) => texts(post.properties[name])), ...people.flatMap((one) => texts(one))];
}

/** A name for how the entry looks now, with what is shown below it: another one means that it changed. */
export function entryHash(post: Post, responses: readonly Interaction[]): string {
  const { title, summary, html, url, language, properties, photos, audio, categories, publishedAt } = post;
  const shown = responses.map((one) => [one.sourceUrl, one.kind, one.author.name, one.author.url, one.html]);
  const tags = categories.map(({ name }) => name);
  return hashOf(JSON.stringify([title, summary, html, url, language, properties, photos, audio, tags, publishedAt, shown]));
}

/** The addresses a microformats value holds: itself, those of its list, or of an item with `url`. */
export function texts(value: Json | undefined): string[] {
  return list(value).flatMap((one) => {
    if (typeof one === "string") return [one];
    if (typeof one !== "object" || one === null || Array.isArray(one)) return [];
    const fields = one as Fields;
    const inner = fields.properties;
    const url = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as Fields).url : fields.url;
    return list(url ?? fields.value).filter((each) => typeof each === "string");
  });
}

function list(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
