import { randomUUID } from "node:crypto";
import type { Blog, Json, Post } from "../../../core/hooks/values.ts";
import { all, one } from "../../fields.ts";
import { toLocalInput } from "../../formats.ts";

/** A photo as the form carries it: `value` is a file's id, or the address of a photo that came from elsewhere. */
export type TypedPhoto = { readonly value: string; readonly url: string; readonly alt: string };

/** What stands in the composer, as it was typed. Field names follow Micropub (admin-and-themes.md §4.1). */
export type Typed = {
  readonly name: string;
  readonly content: string;
  readonly summary: string;
  readonly slug: string;
  readonly category: string;
  readonly published: string;
  readonly inReplyTo: string;
  readonly lang: string;
  readonly kind: string;
  readonly draftKey: string;
  readonly version: string;
  readonly photos: readonly TypedPhoto[];
};

/** An empty composer; a page when asked for. */
export function nothingTyped(query: URLSearchParams): Typed {
  return {
    name: (query.get("title") ?? "").slice(0, 500),
    content: (query.get("text") ?? "").slice(0, 100_000),
    summary: "",
    slug: "",
    category: "",
    published: "",
    inReplyTo: (query.get("in-reply-to") ?? "").slice(0, 2048),
    lang: "",
    kind: query.get("kind") === "page" ? "page" : "",
    draftKey: randomUUID(),
    version: "",
    photos: [],
  };
}

/** A stored post in the composer; `photos` are made by `photosOfPost`. */
export function typedFrom(post: Post, blog: Blog, photos: readonly TypedPhoto[]): Typed {
  return {
    name: post.title,
    content: post.source,
    summary: post.summary,
    slug: post.slug,
    category: post.categories.map((category) => category.name).join(", "),
    published: toLocalInput(post.publishedAt, blog.timeZone),
    inReplyTo: addressIn(post.properties["in-reply-to"]),
    lang: post.language,
    kind: post.kind,
    draftKey: "",
    version: String(post.version),
    photos,
  };
}

/** What a sent form holds; its photos are resolved apart. */
export function typedIn(fields: URLSearchParams, photos: readonly TypedPhoto[]): Typed {
  return {
    name: one(fields, "name"),
    content: (fields.get("content") ?? "").replaceAll("\r\n", "\n"),
    summary: one(fields, "summary"),
    slug: one(fields, "mp-slug"),
    category: all(fields, "category").join(", ").trim(),
    published: one(fields, "published"),
    inReplyTo: one(fields, "in-reply-to"),
    lang: one(fields, "lang"),
    kind: one(fields, "kind") === "page" ? "page" : "",
    draftKey: one(fields, "draftKey").slice(0, 100),
    version: one(fields, "version"),
    photos,
  };
}

function addressIn(value: Json | undefined): string {
  const first = Array.isArray(value) ? (value[0] as Json | undefined) : value;
  if (typeof first === "string") return first;
  const url = first && typeof first === "object" && !Array.isArray(first) ? (first as { readonly url?: Json }).url : undefined;
  return typeof url === "string" ? url : "";
}
