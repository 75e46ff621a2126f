import type { Json, Post } from "../../hooks/values.ts";

/** Where a post's file stands in an archive: by its state, its day and its words, and unmistakable by its id. */
export function postFileName(post: Post): string {
  const folder = { published: "posts", scheduled: "scheduled", draft: "drafts", trash: "trash" }[post.status];
  const day = (post.publishedAt ?? post.createdAt).slice(0, 10);
  const words = (post.slug || post.title)
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${folder}/${[day, words, post.id.slice(-6).toLowerCase()].filter(Boolean).join("-")}.md`;
}

/** A post as Markdown (or its own HTML) under front matter that is YAML, each value of which is JSON. */
export function postFile(post: Post): string {
  const facts: Readonly<Record<string, Json | undefined>> = {
    id: post.id,
    title: post.title || undefined,
    kind: post.kind,
    status: post.status,
    visibility: post.visibility === "public" ? undefined : post.visibility,
    date: post.publishedAt ?? undefined,
    created: post.createdAt,
    updated: post.updatedAt,
    url: post.url || undefined,
    slug: post.slug || undefined,
    language: post.language,
    format: post.format,
    summary: post.summary || undefined,
    categories: post.categories.length > 0 ? post.categories.map((category) => category.name) : undefined,
    photos: post.photos.length > 0 ? (post.photos as unknown as Json) : undefined,
    audio: post.audio.length > 0 ? (post.audio as unknown as Json) : undefined,
  };
  const lines = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${scalar(value)}`]));
  return `---\n${lines.join("\n")}\n---\n\n${post.source}\n`;
}

// JSON is YAML, but for two separators that YAML takes for ends of lines.
const scalar = (value: Json): string =>
  JSON.stringify(value)
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
