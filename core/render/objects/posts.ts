import type { Audio, Category, Json, Post } from "../../hooks/values.ts";
import { textOfCleanMarkup } from "../../net/clean-markup.ts";
import { brandObject, html, type Html } from "../theme-engine/engine.ts";
import type { AuthorObject } from "./authors.ts";
import type { CategoryObject } from "./categories.ts";
import type { Dates } from "./dates.ts";
import type { KnownPicture } from "../picture-sizes.ts";
import { occasionFrom, placeFrom, rsvpFrom, type Occasion, type Place } from "./occasions.ts";
import { imageFrom, pageUrl, type ImageObject } from "./images.ts";
import { directionOf } from "../../languages.ts";

/** What posts of one page share. */
export type PostSetting = {
  readonly language: string;
  readonly dir: "ltr" | "rtl";
  readonly dates: Dates;
  author(accountId: string): AuthorObject;
  category(category: Category): CategoryObject;
  replyCount(postId: string): number;
  /** What the library knows of a picture of its own. */
  picture(url: string): KnownPicture | undefined;
};

type Medium = {
  readonly src: string;
  readonly mime: string;
  readonly bytes: number;
  readonly duration: number | null;
  readonly title: string;
  readonly transcriptUrl: string | null;
  readonly poster: string | null;
};
type Cite = { readonly url: string; readonly title: string; readonly author: string };

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
  /** People named as being in it. */
  readonly people: readonly Cite[];
  readonly rsvp: string;
  readonly event: Occasion | null;
  readonly checkin: Place | null;
  readonly location: Place | null;
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
const microformats = Object.freeze(brandObject("Microformats", { entryClass: "h-entry" }));
// An entry as well: programs that follow a blog look for entries.
const microformatsOfEvent = Object.freeze(brandObject("Microformats", { entryClass: "h-entry h-event" }));
/** The fields of a post that are made when a template first reads them, because they need work that most pages do not. */
const late: ReadonlySet<string> = new Set(["titleOrExcerpt", "excerpt", "visibleLength"]);

/** The stored post behind a template's one; undefined for what no trusted code made. */
export function storedPost(value: unknown): Post | undefined {
  return typeof value === "object" && value !== null ? PostView.storedIn(value) : undefined;
}

/** A post as templates see it. What needs work (the excerpt) is made when a template first reads it. */
export function postObject(post: Post, setting: PostSetting): PostObject {
  return brandObject("Post", new PostView(post, setting), late);
}

// A class and not a literal: getters written in a literal give each object a shape of its own, a hundred times the work.
class PostView implements PostObject {
  readonly #post: Post;
  #text: string | undefined;
  readonly id;
  readonly kind;
  readonly url;
  readonly shortUrl;
  readonly title;
  readonly slug;
  readonly contentHtml;
  readonly summary;
  readonly isLong;
  readonly published;
  readonly day;
  readonly updated;
  readonly edited;
  readonly language;
  readonly dir;
  readonly author;
  readonly authors;
  readonly categories;
  readonly photos;
  readonly audio;
  readonly video;
  readonly inReplyTo;
  readonly bookmarkOf;
  readonly likeOf;
  readonly repostOf;
  readonly people;
  readonly rsvp;
  readonly event;
  readonly checkin;
  readonly location;
  readonly syndicated;
  readonly replyCount;
  readonly pinned;
  readonly draft;
  readonly microformats: PostObject["microformats"] = microformats;
  readonly data;
  newer: unknown = null;
  older: unknown = null;
  conversation: unknown = none;

  constructor(post: Post, setting: PostSetting) {
    const { properties } = post;
    this.#post = post;
    this.id = post.id;
    this.kind = post.kind;
    this.url = post.url;
    this.shortUrl = post.url;
    this.title = post.title;
    this.slug = post.slug;
    this.contentHtml = html(post.html);
    this.summary = post.summary;
    // By the markup, which is there: to count the letters of every post would cost more than to draw the page.
    this.isLong = post.html.length > longFrom;
    this.published = new Date(post.publishedAt ?? post.createdAt);
    this.day = setting.dates.day(this.published);
    // Edits are quiet; the author may want readers to know of one.
    this.edited = properties.edited === true;
    this.updated = this.edited ? new Date(post.updatedAt) : null;
    this.language = post.language || setting.language;
    this.dir = this.language === setting.language ? setting.dir : directionOf(this.language);
    this.author = setting.author(post.authorId);
    this.authors = alone(this.author);
    this.categories = mapped(post.categories, (category) => setting.category(category));
    this.photos = mapped(post.photos, (photo) => imageFrom(photo, true, setting.picture(photo.url)));
    this.audio = mapped(post.audio, mediumFrom);
    this.video = mapped(listOf(properties.video), mediumFrom);
    this.inReplyTo = citeFrom(properties["in-reply-to"]);
    this.bookmarkOf = citeFrom(properties["bookmark-of"]);
    this.likeOf = citeFrom(properties["like-of"]);
    this.repostOf = citeFrom(properties["repost-of"]);
    this.people = mapped(listOf(properties.category), citeFrom);
    this.rsvp = properties.rsvp === undefined ? "" : rsvpFrom(properties.rsvp);
    this.event = post.kind === "event" ? occasionFrom(properties, setting.dates) : null;
    if (this.event) this.microformats = microformatsOfEvent;
    this.checkin = placeFrom(properties.checkin);
    this.location = placeFrom(properties.location);
    this.syndicated = mapped(listOf(properties.syndication), syndicatedFrom);
    this.replyCount = setting.replyCount(post.id);
    this.pinned = properties.pinned === true;
    this.draft = post.status !== "published";
    this.data = properties;
  }

  static storedIn(value: object): Post | undefined {
    return #post in value ? value.#post : undefined;
  }

  get titleOrExcerpt(): string {
    return this.title || shortened(this.#beginning(), 80);
  }

  get excerpt(): string {
    return this.summary || shortened(this.#beginning(), excerptLength);
  }

  get visibleLength(): number {
    return textOfCleanMarkup(this.#post.html).length;
  }

  #beginning(): string {
    return (this.#text ??= textOfCleanMarkup(beginningOf(this.#post.html)));
  }
}

const none = Object.freeze([]) as readonly never[];

const lists = new WeakMap<AuthorObject, readonly AuthorObject[]>();

function alone(author: AuthorObject): readonly AuthorObject[] {
  let list = lists.get(author);
  if (!list) lists.set(author, (list = Object.freeze([author])));
  return list;
}

// Most posts have nothing of most kinds.
function mapped<From, To>(list: readonly From[], make: (one: From) => To | null): readonly To[] {
  if (list.length === 0) return none;
  const out: To[] = [];
  for (const one of list) {
    const made = make(one);
    if (made !== null) out.push(made);
  }
  return out;
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
  if (value === undefined) return null;
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
  const fields: Fields = typeof value === "string" ? { url: value } : (fieldsOf(value as Json) ?? {});
  const src = pageUrl(fields.url ?? fields.value);
  if (src === null) return null;
  const { type, bytes, seconds, title } = fields as Partial<Audio>;
  const more = { transcriptUrl: pageUrl(fields.transcript), poster: pageUrl(fields.poster) };
  return { src, mime: type ?? "", bytes: bytes ?? 0, duration: seconds ?? null, title: title ?? "", ...more };
}

function syndicatedFrom(value: Json): PostObject["syndicated"][number] | null {
  const fields = fieldsOf(value);
  const url = pageUrl(fields ? fields.url : value);
  if (url === null) return null;
  const service = URL.parse(url)?.host ?? "";
  return { service, label: (fields && firstText(fields.label)) || service, url };
}
