import { randomUUID } from "node:crypto";
import type { Blog, Json, Post } from "../../../core/hooks/values.ts";
import { all, one } from "../../fields.ts";
import { toLocalInput } from "../../formats.ts";
import type { TypedAudio } from "./audio/audio.ts";
import { panelsIn, type TypedPanels } from "./panels/panel-names.ts";

/** A photo as the form carries it: `value` is a file's id, or the address of a photo that came from elsewhere. */
export type TypedPhoto = {
  readonly value: string;
  readonly url: string;
  readonly alt: string;
  /** It has no description on purpose. */
  readonly isDecorative?: boolean;
};

/** The chosen targets by id, each with the text of its own; empty takes the post's. */
export type TypedTargets = ReadonlyMap<string, string>;

/** What stands in the composer, as it was typed. Field names follow Micropub (admin-and-themes.md §4.1). */
export type Typed = {
  readonly name: string;
  readonly content: string;
  readonly summary: string;
  readonly slug: string;
  readonly category: string;
  readonly published: string;
  /** `now`, `schedule` or `date`; empty when the form did not ask. */
  readonly when: string;
  /** Null when the form did not ask. */
  readonly targets: TypedTargets | null;
  /** Readers are told that the post was changed. */
  readonly showsEdited: boolean;
  readonly inReplyTo: string;
  readonly lang: string;
  readonly kind: string;
  readonly draftKey: string;
  readonly version: string;
  readonly photos: readonly TypedPhoto[];
  /** Null when the form did not ask. */
  readonly audio: readonly TypedAudio[] | null;
  /** Null when the form showed none. */
  readonly panels: TypedPanels | null;
};

/** An empty composer; a page when asked for. */
export function nothingTyped(query: URLSearchParams): Typed {
  return {
    name: (query.get("title") ?? "").slice(0, 500),
    content: (query.get("text") ?? "").slice(0, 100_000),
    summary: "",
    slug: "",
    category: "",
    published: fromQuery(query.get("published")),
    when: "",
    targets: null,
    showsEdited: false,
    inReplyTo: (query.get("in-reply-to") ?? "").slice(0, 2048),
    lang: "",
    kind: query.get("kind") === "page" ? "page" : "",
    draftKey: randomUUID(),
    version: "",
    photos: [],
    audio: null,
    panels: null,
  };
}

/** A stored post in the composer; `photos` are made by `photosOfPost`, `audio` by `audioOfPost`. */
export function typedFrom(post: Post, blog: Blog, { photos, audio }: Pick<Typed, "photos" | "audio">): Typed {
  return {
    name: post.title,
    content: post.source,
    summary: post.summary,
    slug: post.slug,
    category: post.categories.map((category) => category.name).join(", "),
    published: toLocalInput(post.publishedAt, blog.timeZone),
    when: post.publishedAt === null ? "now" : post.status === "scheduled" ? "schedule" : "date",
    targets: null,
    showsEdited: false,
    inReplyTo: addressIn(post.properties["in-reply-to"]),
    lang: post.language,
    kind: post.kind,
    draftKey: "",
    version: String(post.version),
    photos,
    audio,
    panels: null,
  };
}

/** What a sent form holds; its photos and its sound are resolved apart. */
export function typedIn(fields: URLSearchParams, { photos, audio }: Pick<Typed, "photos" | "audio">): Typed {
  return {
    name: one(fields, "name"),
    content: (fields.get("content") ?? "").replaceAll("\r\n", "\n"),
    summary: one(fields, "summary"),
    slug: one(fields, "mp-slug"),
    category: all(fields, "category").join(", ").trim(),
    published: one(fields, "published"),
    when: one(fields, "when"),
    targets: targetsIn(fields),
    showsEdited: one(fields, "show-edited") === "on",
    inReplyTo: one(fields, "in-reply-to"),
    lang: one(fields, "lang"),
    kind: one(fields, "kind") === "page" ? "page" : "",
    draftKey: one(fields, "draftKey").slice(0, 100),
    version: one(fields, "version"),
    photos,
    audio,
    panels: panelsIn(fields),
  };
}

// `mp-syndicate-to[]` names what is chosen; texts of their own come in pairs of `copy-target[]` and `copy-text[]`.
function targetsIn(fields: URLSearchParams): TypedTargets | null {
  const chosen = all(fields, "mp-syndicate-to").slice(0, 50);
  if (chosen.length === 0 && one(fields, "targets") === "") return null;
  const texts = all(fields, "copy-text");
  const own = new Map(all(fields, "copy-target").map((uid, at) => [uid, (texts[at] ?? "").replaceAll("\r\n", "\n")]));
  return new Map(chosen.map((uid) => [uid, own.get(uid) ?? ""]));
}

const fromQuery = (moment: string | null): string => (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(moment ?? "") ? moment! : "");

function addressIn(value: Json | undefined): string {
  const first = Array.isArray(value) ? (value[0] as Json | undefined) : value;
  if (typeof first === "string") return first;
  const url = first && typeof first === "object" && !Array.isArray(first) ? (first as { readonly url?: Json }).url : undefined;
  return typeof url === "string" ? url : "";
}
