import type { Audio, Json, Post } from "../../hooks/values.ts";
import { textOfCleanMarkup } from "../../net/clean-markup.ts";
import { brandObject, html, type Html } from "../theme-engine/engine.ts";
import type { AuthorObject } from "./authors.ts";
import type { Dates } from "./dates.ts";
import { imageFrom, pageUrl, type ImageObject } from "./images.ts";
import { directionOf } from "./texts.ts";

/** What posts of one page share. */
export type PostSetting = {
  readonly language: string;
  readonly dates: Dates;
  readonly blogUrl: string;
  author(accountId: string): AuthorObject;
  replyCount(postId: string): number;
};

type Medium = {
  readonly src: string;
  readonly mime: string;
  readonly bytes: number;
  readonly duration: number | null;
  readonly title: string;
};
type Cite = { readonly url: string; readonly title: string; readonly author: string };
export type CategoryObject = { readonly name: string; readonly slug: string; readonly url: string; readonly description: string };

/** A post as templates see it (admin-and-themes.md §8.4). */
export type PostObject = {
  readonly id: string;
  readonly kind: string;
  readonly url: string;
  readonly shortUrl: string;
  readonly title: string;
  readonly titleOrExcerpt: string;
  readonly slug: string;
  readonly contentHtml: Html;
  readonly summary: string;
  readonly excerpt: string;
  readonly visibleLength: number;
  readonly isLong: boolean;
  readonly published: Date;
  /** `2026-11-24` in the blog's zone, for grouping. */
  readonly day: string;
  readonly updated: Date | null;
  readonly edited: boolean;
  readonly language: string;
  readonly dir: "ltr" | "rtl";
  readonly author: AuthorObject;
  readonly authors: readonly AuthorObject[];
  readonly categories: readonly CategoryObject[];
  readonly photos: readonly ImageObject[];
  readonly audio: readonly Medium[];
  readonly video: readonly Medium[];
  readonly inReplyTo: Cite | null;
  readonly bookmarkOf: Cite | null;
  readonly likeOf: Cite | null;
  readonly repostOf: Cite | null;
  readonly location: { readonly name: string; readonly latitude: number | null; readonly longitude: number | null } | null;
  readonly syndicated: readonly { readonly service: string; readonly label: string; readonly url: string }[];
  readonly replyCount: number;
  readonly pinned: boolean;
  readonly draft: boolean;
  readonly microformats: { readonly entryClass: string };
  readonly data: Readonly<Record<string, Json>>;
  newer: unknown;
  older: unknown;
  conversation: unknown;
};

const excerptLength = 280;
const longFrom = 3000;
const microformats = Object.freeze({ entryClass: "h-entry" });
const domainPosts = new WeakMap<object, Post>();

/** The stored post behind a template's one; undefined for what no trusted code made. */
export function storedPost(value: unknown): Post | undefined {
  return typeof value === "object" && value !== null ? domainPosts.get(value) : undefined;
}

/** A post as templates see it. What needs work (the excerpt) is made when a template first reads it. */
export function postObject(post: Post, setting: PostSetting): PostObject {
  let text: string | undefined;
  const beginning = () => (text ??= textOfCleanMarkup(beginningOf(post.html)));
  const author = setting.author(post.authorId);
  const published = new Date(post.publishedAt ?? post.createdAt);
  const edited = Date.parse(post.updatedAt) - published.getTime() > 60_000 && post.version > 1;
  const language = post.language || setting.language;
  const { properties } = post;
  const object: PostObject = {
    id: post.id,
    kind: post.kind,
    url: post.url,
    shortUrl: post.url,
    title: post.title,
    get titleOrExcerpt() {
      return post.title || shortened(beginning(), 80);
    },
    slug: post.slug,
    contentHtml: html(post.html),
    summary: post.summary,
    get excerpt() {
      return post.summary || shortened(beginning(), excerptLength);
    },
    get visibleLength() {
      return textOfCleanMarkup(post.html).length;
    },
    // By the markup, which is there: to count the letters of every post would cost more than to draw the page.
    isLong: post.html.length > longFrom,
    published,
    day: setting.dates.day(published),
    updated: edited ? new Date(post.updatedAt) : null,
    edited,
    language,
    dir: directionOf(language),
    author,
    authors: Object.freeze([author]),
    categories:
      post.categories.length === 0 ? none : post.categories.map((category) => categoryObject(category, setting.blogUrl)),
    photos: post.photos.length === 0 ? none : post.photos.flatMap((photo) => imageFrom(photo, true) ?? []),
    audio: post.audio.length === 0 ? none : post.audio.flatMap((audio) => mediumFrom(audio) ?? []),
    video: listOf(properties.video).flatMap((video) => mediumFrom(video) ?? []),
    inReplyTo: citeFrom(properties["in-reply-to"]),
    bookmarkOf: citeFrom(properties["bookmark-of"]),
    likeOf: citeFrom(properties["like-of"]),
    repostOf: citeFrom(properties["repost-of"]),
    location: locationFrom(properties.location ?? properties.checkin),
    syndicated: listOf(properties.syndication).flatMap((copy) => syndicatedFrom(copy) ?? []),
    replyCount: setting.replyCount(post.id),
    pinned: properties.pinned === true,
    draft: post.status !== "published",
    microformats,
    data: properties,
    newer: null,
    older: null,
    conversation: none,
  };
  domainPosts.set(object, post);
  return brandObject("Post", object);
}

const none = Object.freeze([]) as readonly never[];

/** A category as templates see it. */
export function categoryObject(category: { name: string; slug: string; description: string }, blogUrl: string): CategoryObject {
  const url = `${blogUrl}categories/${encodeURIComponent(category.slug)}`;
  return { name: category.name, slug: category.slug, url, description: category.description };
}

// Enough for an excerpt, ending before a tag rather than in it.
function beginningOf(markup: string): string {
  if (markup.length <= 4000) return markup;
  const cut = markup.slice(0, 4000);
  return cut.lastIndexOf("<") > cut.lastIndexOf(">") ? cut.slice(0, cut.lastIndexOf("<")) : cut;
}

function shortened(text: string, length: number): string {
  const clean = text.trim();
  if (clean.length <= length) return clean;
  const cut = clean.slice(0, length);
  const word = cut.lastIndexOf(" ");
  return `${(word > length / 2 ? cut.slice(0, word) : cut).toWellFormed().replace(/\ufffd$/, "")}…`;
}

type Fields = { readonly [key: string]: Json };

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return none;
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function fieldsOf(value: Json | undefined): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

const firstText = (value: Json | undefined): string => {
  const first = listOf(value)[0];
  return typeof first === "string" ? first : "";
};

// microformats give an address, a list of addresses, or an h-cite with properties of its own.
function citeFrom(value: Json | undefined): Cite | null {
  const first = listOf(value)[0];
  const fields = fieldsOf(first);
  const properties = fields && (fieldsOf(fields.properties) ?? fields);
  const url = pageUrl(properties ? firstText(properties.url) : first);
  if (url === null) return null;
  const title = (properties && (firstText(properties.name) || firstText(properties.title))) || readable(url);
  return { url, title, author: properties ? firstText(properties.author) : "" };
}

function readable(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.host}${parsed.pathname === "/" ? "" : shortened(decoded(parsed.pathname), 60)}` : url;
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

function mediumFrom(value: Json | Audio): Medium | null {
  const fields = typeof value === "string" ? { url: value } : (fieldsOf(value as Json) ?? {});
  const src = pageUrl(fields.url);
  if (src === null) return null;
  const { type, bytes, seconds, title } = fields as Partial<Audio>;
  return { src, mime: type ?? "", bytes: bytes ?? 0, duration: seconds ?? null, title: title ?? "" };
}

function locationFrom(value: Json | undefined): PostObject["location"] {
  const first = listOf(value)[0];
  if (typeof first === "string") return { name: first, latitude: null, longitude: null };
  const fields = fieldsOf(first);
  if (!fields) return null;
  const properties = fieldsOf(fields.properties) ?? fields;
  const number = (key: string) =>
    Number.isFinite(Number(firstOf(properties[key]))) && properties[key] !== undefined ? Number(firstOf(properties[key])) : null;
  return { name: firstText(properties.name), latitude: number("latitude"), longitude: number("longitude") };
}

const firstOf = (value: Json | undefined) => listOf(value)[0];

function syndicatedFrom(value: Json): PostObject["syndicated"][number] | null {
  const fields = fieldsOf(value);
  const url = pageUrl(fields ? fields.url : value);
  if (url === null) return null;
  const service = URL.parse(url)?.host ?? "";
  return { service, label: (fields && firstText(fields.label)) || service, url };
}
