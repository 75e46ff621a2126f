import type { Context, Json, Post } from "rookery/plugin";
import { listOf, objectOf, textOf, type Entry, type Values } from "./mf2.ts";
import { writtenMoment } from "./moments.ts";
import { photoValue } from "./photos.ts";
import { ownProperties } from "./properties.ts";

/** What this plugin keeps with a post, under its own name: what else a client sent, word for word. */
export type Kept = {
  readonly type?: string;
  /** Addresses of photos that the text shows itself. */
  readonly shown?: readonly string[];
  /** Names of several categories in the order they were sent in; null where somebody stood among them. */
  readonly order?: readonly (string | null)[];
  readonly more: Values;
};

/** What is kept with a post; null when nothing is. */
export function keptBy({ properties }: Post): Kept | null {
  const kept = objectOf(properties.micropub);
  return kept && objectOf(kept.more) ? (kept as unknown as Kept) : null;
}

/** A post as the entry that makes it: everything as it was written, nothing of what other plugins keep with it (Micropub §3.7.3). */
export function entryOf(post: Post): Entry {
  const { properties } = post;
  const kept = keptBy(post);
  const own = ownProperties.flatMap((name) => {
    const values = listOf(properties[name]).map((value) => plain(name, value));
    return values.length > 0 ? [[name, values] as const] : [];
  });
  const all: Record<string, readonly Json[]> = {
    ...(post.title && { name: [post.title] }),
    ...(post.source && { content: [post.format === "html" ? { html: post.source } : post.source] }),
    ...(post.summary && { summary: [post.summary] }),
    ...(post.publishedAt && { published: [writtenMoment(post.publishedAt)] }),
    category: categoriesOf(post, kept?.order ?? []),
    photo: [...post.photos.map(photoValue), ...(kept?.shown ?? [])],
    audio: post.audio.map(({ url }) => url),
    ...Object.fromEntries(own),
    "post-status": [post.status === "draft" ? "draft" : "published"],
    ...(post.visibility !== "public" && { visibility: [post.visibility] }),
    ...kept?.more,
  };
  const there = Object.fromEntries(Object.entries(all).filter(([, values]) => values.length > 0));
  return { type: kept?.type ?? (post.kind === "event" ? "h-event" : "h-entry"), properties: there };
}

// Names, and people, who are kept beside them.
function categoriesOf({ categories, properties }: Post, order: readonly (string | null)[]): readonly Json[] {
  const place = ({ name }: { name: string }) => {
    const at = order.findIndex((one) => one?.toLowerCase() === name.toLowerCase());
    return at < 0 ? order.length : at;
  };
  const all: Json[] = categories.toSorted((one, other) => place(one) - place(other)).map(({ name }) => name);
  const people = [...listOf(properties.category)];
  for (const [at, one] of order.entries()) if (one === null) all.splice(at, 0, ...people.splice(0, 1));
  return [...all, ...people];
}

/** What `q=source` answers: the entry, with the post's number and address. */
export function sourceOf(context: Context, post: Post): { readonly type: readonly string[]; readonly properties: Values } {
  const { type, properties } = entryOf(post);
  const template: Values = post.kind === "page" ? { "microblog-template": [false] } : {};
  return {
    type: [type],
    properties: { uid: [post.number], url: [context.posts.addressOf(post)], ...properties, ...template },
  };
}

// Copies and films are kept with more than clients sent.
function plain(name: string, value: Json): Json {
  const object = objectOf(value);
  if (!object || (name !== "syndication" && name !== "video") || object.properties !== undefined) return value;
  const url = textOf(object) ?? textOf(object.url);
  if (url === undefined) return value;
  return typeof object.alt === "string" && object.alt !== "" ? { value: url, alt: object.alt } : url;
}
