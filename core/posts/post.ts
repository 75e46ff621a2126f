import type { Audio, Blog, Category, Format, Photo, Post, PostStatus, Properties, Visibility } from "../hooks/values.ts";
import type { Row } from "../storage/storage.ts";

/** The columns a post is read by, for SELECT; `p` is the posts table. */
export const postColumns =
  "p.id, p.blog_id, p.author_id, p.kind, p.status, p.visibility, p.is_listed, p.slug, p.path, p.title, p.summary, p.format, " +
  "p.source, p.html, p.language, p.properties, p.version, p.published_at, p.created_at, p.updated_at, " +
  "(SELECT n.number FROM numbers n WHERE n.subject_id = p.id) AS number";

/** A stored row as a post. */
export function postFrom(row: Row, blog: Blog, categories: readonly Category[]): Post {
  const properties = JSON.parse(String(row.properties)) as Properties;
  const path = String(row.path);
  return {
    id: String(row.id),
    number: Number(row.number ?? 0),
    blogId: String(row.blog_id),
    authorId: String(row.author_id),
    kind: String(row.kind),
    status: row.status as PostStatus,
    visibility: row.visibility as Visibility,
    isListed: row.is_listed === 1,
    slug: String(row.slug),
    path,
    url: urlOf(blog, path),
    title: String(row.title),
    summary: String(row.summary),
    format: row.format as Format,
    source: String(row.source),
    html: String(row.html),
    language: String(row.language),
    properties,
    photos: (properties.photo ?? []) as readonly Photo[],
    audio: (properties.audio ?? []) as readonly Audio[],
    categories,
    version: Number(row.version),
    publishedAt: row.published_at as string | null,
    createdAt: String(row.created_at),
    updatedAt: String(row.updated_at),
  };
}

/** A post as a row to store. */
export function rowOf(post: Post, pathHash: string) {
  return {
    id: post.id,
    blog_id: post.blogId,
    author_id: post.authorId,
    kind: post.kind,
    status: post.status,
    visibility: post.visibility,
    is_listed: post.isListed,
    slug: post.slug,
    path: post.path,
    path_hash: pathHash,
    title: post.title,
    summary: post.summary,
    format: post.format,
    source: post.source,
    html: post.html,
    language: post.language,
    properties: JSON.stringify(post.properties),
    version: post.version,
    published_at: post.publishedAt,
    created_at: post.createdAt,
    updated_at: post.updatedAt,
    deleted_at: null,
  };
}

/** Full address of a path on a blog; empty for a post that has no address yet. */
export function urlOf(blog: Blog, path: string): string {
  return path === "" ? "" : blog.url.slice(0, -1) + encodeURI(path);
}

/** Whether lists, feeds and archives show a post of this kind in this state. */
export function listed(post: Pick<Post, "status" | "visibility" | "kind">): boolean {
  return post.status === "published" && post.visibility === "public" && post.kind !== "page";
}
