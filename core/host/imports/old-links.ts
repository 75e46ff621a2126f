import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Post } from "../../hooks/values.ts";
import { cleanPath, hashOf } from "../../posts/permalink.ts";
import { marks } from "../../storage/rows.ts";
import { bareHost } from "./file-addresses.ts";
import { changeQuietly, postsOfImport } from "./import-posts.ts";
import { ImportStopped } from "./store-batch.ts";

const pageSize = 200;

/**
 * Lets links between imported posts lead to where these posts are now, quietly; anything that did not come in keeps its
 * address. Gives how many links changed. Run again after a crash it finds the rest. Throws ImportStopped when it was cancelled.
 */
export async function followMoves(
  scope: Scope,
  { importId, hosts }: { readonly importId: string; readonly hosts: readonly string[] },
  signal?: AbortSignal,
): Promise<number> {
  const isOld = new Set(hosts.map(bareHost));
  let count = 0;
  for (let after = ""; ;) {
    signal?.throwIfAborted();
    await assertRunning(scope, importId);
    const page = await postsOfImport(scope, importId, { after, limit: pageSize });
    const paths = new Set(page.posts.flatMap((post) => oldPathsIn(post, isOld)));
    const moved = await placesOf(scope, [...paths]);
    const counts = new Map<string, number>();
    const refused = await changeQuietly(scope, page.posts, (post) => {
      const { text, changed } = withNewLinks(post, isOld, moved);
      counts.set(post.id, changed);
      return changed > 0 ? { content: text } : null;
    });
    for (const { post } of refused) counts.delete(post.id);
    for (const changed of counts.values()) count += changed;
    if (page.after === null) return count;
    after = page.after;
  }
}

type Linking = Pick<Post, "source" | "format">;
// The address of a link only: what a link says stays as it was written.
const patterns = {
  html: /(<a\b[^>]*?\shref=["'])([^"']+)(?=["'])/gi,
  markdown: /(\]\(<?)(https?:[^\s()<>]+)(?=[\s)>])/gi,
} as const;

function oldPathsIn(post: Linking, isOld: ReadonlySet<string>): string[] {
  return [...post.source.matchAll(patterns[post.format])].flatMap((match) => oldPlace(match[2]!, isOld)?.path ?? []);
}

function withNewLinks(post: Linking, isOld: ReadonlySet<string>, moved: ReadonlyMap<string, string>) {
  let changed = 0;
  const text = post.source.replace(patterns[post.format], (whole: string, before: string, address: string) => {
    const old = oldPlace(address, isOld);
    const path = old ? moved.get(old.path) : undefined;
    if (!old || path === undefined) return whole;
    changed++;
    return `${before}${encodeURI(path)}${old.hash}`;
  });
  return { text, changed };
}

// A query asks the old site's software for something; that is no link to a post.
function oldPlace(address: string, isOld: ReadonlySet<string>): { path: string; hash: string } | null {
  const url = URL.parse(address.replaceAll("&amp;", "&"));
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== "" || !isOld.has(bareHost(url.host))) return null;
  const path = cleanPath(url.pathname);
  return path === null || path === "/" ? null : { path, hash: url.hash };
}

/** Where readers of these paths find the post: where it moved, or the path itself when a post is there. */
async function placesOf(scope: Scope, paths: readonly string[]): Promise<Map<string, string>> {
  const blogId = blogOf(scope).id;
  const found = new Map<string, string>();
  for (let at = 0; at < paths.length; at += 500) {
    const hashes = paths.slice(at, at + 500).map(hashOf);
    const list = marks(hashes.length);
    const posts = `SELECT path, path AS target FROM posts WHERE blog_id = ? AND status = 'published' AND path_hash IN (${list})`;
    const moves = `SELECT path, target FROM redirects WHERE blog_id = ? AND path_hash IN (${list})`;
    for (const sql of [moves, posts])
      for (const { path, target } of await scope.storage.query(sql, [blogId, ...hashes])) found.set(String(path), String(target));
  }
  return found;
}

async function assertRunning(scope: Scope, importId: string): Promise<void> {
  const rows = await scope.storage.query("SELECT id FROM imports WHERE id = ? AND state = 'running'", [importId]);
  if (rows.length === 0) throw new ImportStopped();
}
