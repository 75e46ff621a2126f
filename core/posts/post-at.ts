import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { isUlid } from "../ids.ts";
import { cleanPath, hashOf } from "./permalink.ts";
import { postById } from "./read.ts";

/** Where a post is found: its address, or for a draft without one its place in the dashboard, where its author can look at it. */
export function addressOfPost(scope: Scope, post: Post): string {
  return post.url || new URL(`/b/${blogOf(scope).host}/posts/${post.id}`, scope.site.url).href;
}

/**
 * The post of an address in whatever state: on any host the blog has or had, at an address it moved away from, or in the
 * dashboard. For those who may see drafts and trash; null when there is none.
 */
export async function postAt(scope: Scope, url: string): Promise<Post | null> {
  const blog = blogOf(scope);
  const parsed = URL.parse(url, blog.url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return null;
  if (parsed.origin === new URL(scope.site.url).origin) {
    const [, host, id] = /^\/b\/([a-z0-9.-]+)\/posts\/([0-9A-Z]{26})(?:\/edit)?$/.exec(parsed.pathname) ?? [];
    if (host !== undefined && id !== undefined) return host === blog.host && isUlid(id) ? postById(scope, id) : null;
  }
  return (await isOurHost(scope, parsed)) ? byPath(scope, parsed.pathname) : null;
}

async function isOurHost({ storage, blog }: Scope, { hostname, origin }: URL): Promise<boolean> {
  if (origin === new URL(blog!.url).origin) return true;
  const rows = await storage.query("SELECT host FROM blog_hosts WHERE host = ? AND blog_id = ?", [hostname, blog!.id]);
  return rows.length > 0;
}

async function byPath(scope: Scope, path: string): Promise<Post | null> {
  const clean = cleanPath(path);
  if (clean === null) return null;
  const blogId = blogOf(scope).id;
  const at = (hash: string) => scope.storage.query("SELECT id FROM posts WHERE blog_id = ? AND path_hash = ?", [blogId, hash]);
  const [found] = await at(hashOf(clean));
  if (found) return postById(scope, String(found.id));
  const sql = "SELECT target FROM redirects WHERE blog_id = ? AND path_hash = ?";
  const [moved] = await scope.storage.query(sql, [blogId, hashOf(clean)]);
  const [there] = moved ? await at(hashOf(String(moved.target))) : [];
  return there ? postById(scope, String(there.id)) : null;
}
