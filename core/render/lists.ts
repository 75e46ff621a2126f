import type { Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { listPosts, type ListFilter } from "../posts/read.ts";
import type { Cursor } from "./routes.ts";

/** One page of a list, and the queries (`?after=…`, or empty for the first page) of its neighbours; null where there is none. */
export type ListPage = {
  readonly posts: readonly Post[];
  readonly number: number;
  readonly newer: string | null;
  readonly older: string | null;
};

/** Reads one page of a list, one post further than it shows to know whether there are more. Null for a place that does not exist. */
export async function listPage(
  scope: Scope,
  filter: Pick<ListFilter, "categoryId" | "month" | "kind" | "authorId">,
  at: { cursor: Cursor; number: number; size: number },
): Promise<ListPage | null> {
  if (at.cursor.before !== undefined) {
    const newer = await listPosts(scope, { ...filter, before: at.cursor.before, limit: at.size + 1 });
    // Too few for a page of their own: these are the newest, so the first page begins at the top.
    if (newer.length > at.size) return pageOf(newer.slice(1), { number: at.number, hasNewer: true, hasOlder: true });
    if (newer.length === 0 && !(await exists(scope, at.cursor.before))) return null;
  }
  const after = at.cursor.after;
  const posts = await listPosts(scope, { ...filter, limit: at.size + 1, ...(after !== undefined && { after }) });
  if (after !== undefined && posts.length === 0) return null;
  const number = after === undefined ? 1 : Math.max(at.number, 2);
  return pageOf(posts.slice(0, at.size), { number, hasNewer: after !== undefined, hasOlder: posts.length > at.size });
}

function pageOf(posts: readonly Post[], at: { number: number; hasNewer: boolean; hasOlder: boolean }): ListPage {
  const [first, last] = [posts[0], posts.at(-1)];
  // Going back to the second page's neighbour is going to the top, whose address has no place in it.
  const newer = at.number <= 2 ? "" : `?before=${first?.id}&page=${at.number - 1}`;
  return {
    posts,
    number: at.number,
    newer: at.hasNewer ? newer : null,
    older: at.hasOlder && last ? `?after=${last.id}&page=${at.number + 1}` : null,
  };
}

async function exists(scope: Scope, id: string): Promise<boolean> {
  return (await scope.storage.query("SELECT id FROM posts WHERE id = ? AND blog_id = ?", [id, scope.blog?.id ?? ""])).length > 0;
}
