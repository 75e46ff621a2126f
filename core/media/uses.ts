import type { Blog, Post } from "../hooks/values.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import { insert, marks, update } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { addressesOf } from "./media-row.ts";

const handful = 200;

/** Writes down, in the transaction that stores posts, which files of the blog's library they show. */
export async function noteUses(
  scope: Scope,
  db: Transaction,
  posts: readonly { post: Post; before: Post | null }[],
): Promise<void> {
  const blog = blogOf(scope);
  const shown = new Map(posts.map(({ post }) => [post.id, addressesIn(post, blog.url)]));
  const changed = posts.flatMap(({ post, before }) => (before ? [post.id] : []));
  for (let at = 0; at < changed.length; at += handful) {
    const ids = changed.slice(at, at + handful);
    await db.run(`DELETE FROM media_uses WHERE post_id IN (${marks(ids.length)})`, ids);
  }
  const addresses = [...new Set([...shown.values()].flat())];
  const known = new Map<string, string>();
  for (let at = 0; at < addresses.length; at += handful) {
    const names = addresses.slice(at, at + handful);
    const sql = `SELECT id, name FROM media WHERE name IN (${marks(names.length)}) AND blog_id = ?`;
    for (const row of await db.query(sql, [...names, blog.id])) known.set(String(row.name), String(row.id));
  }
  if (known.size === 0) return;
  const rows = [...shown].flatMap(([postId, names]) => {
    const ids = new Set(names.flatMap((name) => known.get(name) ?? []));
    return [...ids].map((mediaId) => ({ media_id: mediaId, post_id: postId, blog_id: blog.id }));
  });
  await insert(db, "media_uses", rows, { ignore: true });
  await describeFromPosts(db, blog, posts, known);
}

// Who describes a photo where it is published need not say it again in the library, and collections of it have the words.
async function describeFromPosts(
  db: Transaction,
  blog: Blog,
  posts: readonly { post: Post }[],
  known: ReadonlyMap<string, string>,
): Promise<void> {
  const base = `${blog.url}media/`;
  for (const { post } of posts)
    for (const { url, alt } of post.status === "draft" ? [] : post.photos) {
      const id = typeof url === "string" && url.startsWith(base) ? known.get(url.slice(base.length)) : undefined;
      const words = typeof alt === "string" ? alt.trim().slice(0, 5000) : "";
      if (id !== undefined && words !== "")
        await update(db, "media", { alt: words, lacks_alt: false }, { id, blog_id: blog.id, lacks_alt: true });
    }
}

/** Ids of the posts that show a file, at most so many. */
export async function usesOf(scope: Scope, mediaId: string, limit = 100): Promise<readonly string[]> {
  const sql = `SELECT post_id FROM media_uses WHERE media_id = ? AND blog_id = ? ORDER BY post_id DESC LIMIT ${limit}`;
  const rows = await scope.storage.query(sql, [mediaId, blogOf(scope).id]);
  return rows.map((row) => String(row.post_id));
}

/** Which of these files are shown by any post. */
export async function usedAmong(scope: Scope, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const sql = `SELECT DISTINCT media_id FROM media_uses WHERE blog_id = ? AND media_id IN (${marks(ids.length)})`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id, ...ids]);
  return new Set(rows.map((row) => String(row.media_id)));
}

/** The addresses below `/media/` that a post names: in its text, its photos, its sounds and films. */
export function addressesIn(post: Post, blogUrl: string): string[] {
  const { photo, audio, video } = post.properties;
  const named = [post.html, photo, audio, video]
    .map((part) => (typeof part === "string" ? part : JSON.stringify(part ?? "")))
    .join("\n");
  const found = new Set<string>();
  const mark = "/media/";
  for (let at = named.indexOf(mark); at !== -1; at = named.indexOf(mark, at + mark.length)) {
    const before = named.slice(Math.max(0, at - 300), at);
    const isOurs = `${before}/`.endsWith(blogUrl) || /(^|["'\s=(,])$/.test(before.slice(-1));
    const match = /^(\d{4}\/[a-z0-9]{26})(\.\d+-\d+)?(\.[a-z0-9]{1,5})/.exec(
      named.slice(at + mark.length, at + mark.length + 80),
    );
    if (isOurs && match) for (const address of match[2] ? addressesOf(match[1]!) : [match[1]! + match[3]!]) found.add(address);
  }
  return [...found];
}
