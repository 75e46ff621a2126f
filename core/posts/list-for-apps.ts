import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { findPlaces, findPosts, placeOfPost, type PostFilter } from "./find-posts.ts";

/** Which part of a list: beyond a post (its id), or beyond so many of them, as apps count. */
export type AppPage = { readonly after?: string; readonly skip?: number; readonly limit?: number };

/** How many posts a list passes over at most when nobody paged there step by step. */
export const mostSkipped = 20_000;

// Where pages ended lately. An app that pages by counting goes on there, however deep it is, and sees no post twice when one came
// in between.
const ends = new Map<string, string>();
const mostEnds = 2_000;

/**
 * Posts (no pages) in one state for apps, 20 unless told, at most 200: published ones newest first, scheduled ones the next first,
 * others by their last change. Looks through 15,000 posts at most when a filter has no index. Empty beyond the end.
 */
export async function listForApps(scope: Scope, filter: PostFilter, page: AppPage = {}): Promise<readonly Post[]> {
  const limit = Math.min(Math.max(Math.trunc(page.limit ?? 20), 1), 200);
  const skip = Math.max(Math.trunc(page.skip ?? 0), 0);
  const key = JSON.stringify([blogOf(scope).id, filter]);
  const from =
    page.after !== undefined ? await placeOfPost(scope, filter, page.after) : await placeBeyond(scope, filter, key, skip);
  if (from === null) return [];
  const posts: Post[] = [];
  let after = from;
  for (let turn = 0; turn < 5 && posts.length < limit; turn++) {
    const found = await findPosts(scope, filter, { ...(after !== "" && { after }), limit: limit - posts.length });
    posts.push(...found.posts);
    after = found.next ?? "";
    if (after === "") break;
  }
  if (page.after === undefined && after !== "") remember(`${key} ${skip + posts.length}`, after);
  return posts;
}

// "" is the beginning, null is beyond the end.
async function placeBeyond(scope: Scope, filter: PostFilter, key: string, skip: number): Promise<string | null> {
  if (skip === 0) return "";
  const known = ends.get(`${key} ${skip}`);
  if (known !== undefined) return known;
  let [left, after] = [Math.min(skip, mostSkipped), ""];
  if (left < skip) return null;
  while (left > 0) {
    const found = await findPlaces(scope, filter, { ...(after !== "" && { after }), limit: Math.min(left, 500) });
    left -= found.places.length;
    if (found.next === null) return null;
    after = found.next;
  }
  return after;
}

function remember(key: string, place: string): void {
  ends.delete(key);
  if (ends.size >= mostEnds) ends.delete(ends.keys().next().value!);
  ends.set(key, place);
}
