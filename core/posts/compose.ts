import { siteSettingsOf } from "../blogs/site-settings.ts";
import { ulid } from "../ids.ts";
import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Draft, Post, Properties, Refusal } from "../hooks/values.ts";
import { markdownToHtml, MarkdownRefused } from "../net/markdown.ts";
import { plainText } from "../net/plain-text.ts";
import { sanitise } from "../net/sanitise.ts";
import { listed, urlOf } from "./post.ts";
import { changesSound, withOwnAudio } from "./own-audio.ts";
import { cleanPath, pathFor, slugify, slugOfText } from "./permalink.ts";

const limits = { title: 500, summary: 5_000, content: 1_000_000, categories: 50, photos: 100, properties: 262_144 } as const;

/** A post made from a draft, not stored yet, with the names of its categories and where its copies go. */
export type Composed = {
  readonly post: Post;
  readonly categories: readonly string[] | null;
  readonly before: Post | null;
  readonly targets: Draft["targets"];
};

/**
 * Makes the post a draft asks for: kind, status, address, clean HTML. Asks the filters `post.parse`, `content.html` and
 * `post.beforeSave` and the guard `post.validate`; a refusal names the field.
 */
export async function compose(scope: Scope, asked: Draft, before: Post | null): Promise<Composed | Refusal> {
  const parsed = await scope.taps.filter(scope, "post.parse", asked);
  const wanted = { ...parsed, id: asked.id, key: asked.key, version: asked.version };
  const wrong = draftProblem(wanted, before);
  if (wrong) return wrong;
  const draft = await withOwnAudio(scope, wanted);
  if ("refuse" in draft) return draft;

  const shaped = await shape(scope, draft, before);
  const html = await htmlOf(scope, shaped, draft.format ?? before?.format ?? "markdown");
  if (typeof html !== "string") return html;
  const filtered = await scope.taps.filter(scope, "post.beforeSave", { ...shaped, html });
  const post = settle(shaped, filtered, html);
  const refusal = await scope.taps.guard(scope, "post.validate", post);
  return refusal ?? { post, categories: draft.categories ?? null, before, targets: draft.targets };
}

/** The refusal for an edit that began from a version which is not the stored one any more. */
export const changedElsewhere: Refusal = {
  key: "post.changed",
  refuse: "This post was changed on another device meanwhile.",
  status: 409,
  field: "version",
};

function draftProblem(draft: Draft, before: Post | null): Refusal | null {
  if (draft.id !== undefined && !before) return { key: "post.gone", refuse: "This post does not exist any more.", status: 404 };
  if (before && draft.version !== undefined && draft.version !== before.version) return changedElsewhere;
  return sizeProblem(draft) ?? shapeProblem(draft) ?? (isEmpty(draft, before) ? nothingWritten : null);
}

const nothingWritten: Refusal = { key: "post.empty", refuse: "Write something or add a photo.", field: "content", status: 422 };

function sizeProblem(draft: Draft): Refusal | null {
  if ((draft.title?.length ?? 0) > limits.title) return tooLong("title", "The title", limits.title);
  if ((draft.summary?.length ?? 0) > limits.summary) return tooLong("summary", "The summary", limits.summary);
  if ((draft.content?.length ?? 0) > limits.content) return { ...tooLong("content", "The text", limits.content), status: 413 };
  if (draft.categories?.some((name) => name.length > 200)) return tooLong("categories", "The name of a category", 200);
  if (draft.properties && JSON.stringify(draft.properties).length > limits.properties)
    return tooLong("properties", "The properties together", limits.properties);
  if (draft.language !== undefined && draft.language.length > 35) return tooLong("language", "The language", 35);
  if ((draft.categories?.length ?? 0) > limits.categories)
    return tooMany("categories", `A post can be in ${limits.categories} categories at most.`, limits.categories);
  if ((draft.photos?.length ?? 0) > limits.photos)
    return tooMany("photos", `A post can have ${limits.photos} photos at most.`, limits.photos);
  return null;
}

function shapeProblem(draft: Draft): Refusal | null {
  const problem = (field: string, key: string, refuse: string) => ({ key: `post.${key}`, refuse, field, status: 422 });
  if (draft.publishedAt !== undefined && Number.isNaN(Date.parse(draft.publishedAt)))
    return problem("publishedAt", "date", "The date cannot be read; write it like 2026-11-24T09:30:00Z.");
  if (draft.kind !== undefined && !/^[a-z][a-z0-9-]{0,31}$/.test(draft.kind))
    return problem("kind", "kind", "The kind must be one plain word.");
  if (draft.path !== undefined && (cleanPath(draft.path) ?? "/") === "/")
    return problem("path", "path", "The path must start with a slash and be under 700 characters.");
  return null;
}

function tooLong(field: string, what: string, limit: number): Refusal {
  const refuse = `${what} may have ${new Intl.NumberFormat("en").format(limit)} characters at most.`;
  return { key: `post.long-${field}`, values: { limit }, refuse, field, status: 422 };
}

function tooMany(field: string, refuse: string, limit: number): Refusal {
  return { key: `post.many-${field}`, values: { limit }, refuse, field, status: 422 };
}

function isEmpty(draft: Draft, before: Post | null): boolean {
  const wantsPublic = (draft.status ?? before?.status ?? "published") !== "draft";
  const text = (draft.content ?? before?.source ?? "").trim() + (draft.title ?? before?.title ?? "").trim();
  const media = (draft.photos ?? before?.photos ?? []).length + (draft.audio ?? before?.audio ?? []).length;
  const linked = ["in-reply-to", "bookmark-of", "like-of", "repost-of", "video", "checkin"].some(
    (name) => draft.properties?.[name] ?? before?.properties[name],
  );
  return wantsPublic && text === "" && media === 0 && !linked;
}

async function shape(scope: Scope, draft: Draft, before: Post | null): Promise<Post> {
  const blog = blogOf(scope);
  const now = scope.clock.now();
  const properties = propertiesOf(draft, before);
  const title = (draft.title ?? before?.title ?? "").trim();
  const kind =
    draft.kind ??
    settledKind(before, properties) ??
    (await scope.taps.first(scope, "post.kind", draft)) ??
    kindOf(title, properties);
  const publishedAt = publicationOf(draft, before, now);
  const status = statusOf(draft, before, publishedAt, now);
  const source = draft.content ?? before?.source ?? "";
  const moment = publishedAt ? new Date(publishedAt) : now;
  const slug = await slugFor(scope, draft, before, {
    title,
    source,
    moment,
    format: draft.format ?? before?.format ?? "markdown",
  });
  const keepsPath = before !== null && before.path !== "" && draft.slug === undefined && draft.path === undefined;
  const hasAddress = status === "published" || status === "scheduled" || before?.path;
  const path = keepsPath
    ? before.path
    : hasAddress
      ? (draft.path && cleanPath(draft.path)) || pathFor(kind, slug, moment, blog.timeZone)
      : "";
  const visibility = draft.visibility ?? before?.visibility ?? usualVisibility(scope, kind);
  return {
    id: before?.id ?? ulid(now.getTime()),
    number: before?.number ?? 0,
    blogId: blog.id,
    authorId: before?.authorId ?? draft.authorId ?? scope.principal.accountId ?? blog.ownerId,
    kind,
    status,
    visibility,
    isListed: listed({ status, visibility, kind }),
    slug,
    path,
    url: urlOf(blog, path),
    title,
    summary: draft.summary ?? before?.summary ?? "",
    format: draft.format ?? before?.format ?? "markdown",
    source,
    html: "",
    language: draft.language ?? before?.language ?? "",
    properties,
    photos: (properties.photo ?? []) as Post["photos"],
    audio: (properties.audio ?? []) as Post["audio"],
    categories: before?.categories ?? [],
    version: (before?.version ?? 0) + 1,
    publishedAt,
    createdAt: before?.createdAt ?? stamp(now),
    updatedAt: draft.updatedAt ? stamp(new Date(draft.updatedAt)) : stamp(now),
  };
}

// Old content that is brought in was public where it comes from; a page is there to be found.
function usualVisibility(scope: Scope, kind: string): Post["visibility"] {
  return kind === "page" || scope.via === "import" ? "public" : siteSettingsOf(blogOf(scope)).defaultVisibility;
}

function propertiesOf(draft: Draft, before: Post | null): Properties {
  const merged: Record<string, Properties[string]> = { ...before?.properties, ...draft.properties };
  if (draft.photos) merged.photo = draft.photos as unknown as Properties[string];
  if (draft.audio) merged.audio = draft.audio as unknown as Properties[string];
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

const discovered = new Set(["reply", "bookmark", "audio", "article", "photo", "note"]);

// A draft that nobody saw yet may still become something else: a note that gets a title is an article. What gets sound is one
// with sound at any time, so that players find it.
function settledKind(before: Post | null, properties: Properties): string | undefined {
  if (before && changesSound(properties, before)) return undefined;
  const isOpen = before?.status === "draft" && before.path === "" && discovered.has(before.kind);
  return isOpen ? undefined : before?.kind;
}

// The field's own post type discovery, in its order (https://www.w3.org/TR/post-type-discovery/).
function kindOf(title: string, properties: Properties): string {
  if (properties["in-reply-to"]) return "reply";
  if (properties["bookmark-of"]) return "bookmark";
  if (properties.audio) return "audio";
  if (title !== "") return "article";
  return properties.photo ? "photo" : "note";
}

function publicationOf(draft: Draft, before: Post | null, now: Date): string | null {
  if (draft.publishedAt !== undefined) return stamp(new Date(draft.publishedAt));
  if (before?.publishedAt) return before.publishedAt;
  return (draft.status ?? (before ? before.status : "published")) === "published" ? stamp(now) : null;
}

function statusOf(draft: Draft, before: Post | null, publishedAt: string | null, now: Date): Post["status"] {
  const wanted = draft.status ?? before?.status ?? "published";
  if (wanted === "draft" || wanted === "trash" || publishedAt === null) return wanted === "trash" ? "trash" : "draft";
  return Date.parse(publishedAt) > now.getTime() ? "scheduled" : "published";
}

async function slugFor(
  scope: Scope,
  draft: Draft,
  before: Post | null,
  made: { title: string; source: string; moment: Date; format: string },
): Promise<string> {
  if (draft.slug) return slugify(draft.slug) || slugOfText("", made.moment, blogOf(scope).timeZone);
  if (before?.path) return before.slug;
  const answered = await scope.taps.first(scope, "post.slug", draft);
  if (answered) return slugify(answered);
  return slugify(made.title) || slugOfText(wordsOf(made), made.moment, blogOf(scope).timeZone);
}

// What readers see of the beginning: no marks, no addresses behind links, none between the words.
function wordsOf({ source, format }: { source: string; format: string }): string {
  const beginning = source.slice(0, 2_000);
  let html = beginning;
  try {
    if (format === "markdown") html = markdownToHtml(beginning, "own");
  } catch (error) {
    // The post itself is refused with a sentence.
    if (!(error instanceof MarkdownRefused)) throw error;
  }
  return plainText(html).replace(/\bhttps?:\/\/\S+/gi, " ");
}

async function htmlOf(scope: Scope, post: Post, format: string): Promise<string | Refusal> {
  try {
    const own = scope.taps.has("content.format")
      ? await scope.taps.first(scope, "content.format", { source: post.source, format })
      : undefined;
    const drawn = own ?? (format === "markdown" ? markdownToHtml(post.source, "own") : post.source);
    const filtered = await scope.taps.filter(scope, "content.html", drawn, { post });
    // Markdown comes out of its own door clean; whatever anybody else made or changed is cleaned here, the core's last step.
    return own === undefined && format === "markdown" && filtered === drawn ? drawn : sanitise(filtered, "own");
  } catch (error) {
    if (error instanceof MarkdownRefused) return { refuse: error.message, field: "content", status: 422 };
    throw error;
  }
}

// A filter may change what a post says, never whose it is, where it stands or which version it is.
function settle(shaped: Post, filtered: Post, html: string): Post {
  const clean = filtered.html === html ? html : sanitise(String(filtered.html), "own");
  const properties = filtered.properties ?? shaped.properties;
  const kept = {
    id: shaped.id,
    number: shaped.number,
    blogId: shaped.blogId,
    authorId: shaped.authorId,
    version: shaped.version,
    path: shaped.path,
    url: shaped.url,
    slug: shaped.slug,
  };
  const post = {
    ...shaped,
    ...filtered,
    ...kept,
    createdAt: shaped.createdAt,
    categories: shaped.categories,
    html: clean,
    properties,
  };
  return {
    ...post,
    isListed: listed(post),
    photos: (properties.photo ?? []) as Post["photos"],
    audio: (properties.audio ?? []) as Post["audio"],
  };
}
