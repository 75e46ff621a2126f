import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Interaction } from "../hooks/values.ts";
import type { Bindable } from "../storage/storage.ts";
import { interactionColumns, interactionFrom } from "./interaction.ts";

/** What readers see under a post: visible replies and mentions, oldest first, 500 at most. Likes and reposts are the author's own affair. */
export async function conversationOf(scope: Scope, postId: string): Promise<readonly Interaction[]> {
  const rows = await scope.storage.query(
    `SELECT ${interactionColumns} FROM interactions WHERE post_id = ? AND blog_id = ? AND state = 'visible' AND kind IN ('reply', 'mention') ` +
      "ORDER BY published_at, id LIMIT 500",
    [postId, blogOf(scope).id],
  );
  return rows.map(interactionFrom);
}

/** How many visible replies each of these posts has; posts without any are left out. */
export async function replyCounts(scope: Scope, postIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (postIds.length === 0) return new Map();
  const rows = await scope.storage.query(
    `SELECT post_id, COUNT(*) AS number FROM interactions WHERE post_id IN (${postIds.map(() => "?").join(", ")}) AND state = 'visible' AND kind = 'reply' GROUP BY post_id`,
    [...postIds],
  );
  return new Map(rows.map((row) => [String(row.post_id), Number(row.number)]));
}

/** Interactions of a blog in one state for its owner, newest first; `after` is the id of the last one seen. */
export async function listInteractions(
  scope: Scope,
  filter: { state: Interaction["state"]; after?: string; limit?: number },
): Promise<readonly Interaction[]> {
  const values: Bindable[] = [blogOf(scope).id, filter.state];
  let beyond = "";
  if (filter.after !== undefined) {
    beyond = "AND (received_at, id) < (SELECT received_at, id FROM interactions WHERE id = ?) ";
    values.push(filter.after);
  }
  const rows = await scope.storage.query(
    `SELECT ${interactionColumns} FROM interactions WHERE blog_id = ? AND state = ? ${beyond}ORDER BY received_at DESC, id DESC LIMIT ${Math.min(filter.limit ?? 30, 100)}`,
    values,
  );
  return rows.map(interactionFrom);
}

/** Replies and mentions of one post in any state for those who write there, newest first; `after` is the id of the last one seen. */
export async function repliesOf(
  scope: Scope,
  postId: string,
  page: { after?: string; id?: string; limit?: number } = {},
): Promise<readonly Interaction[]> {
  const values: Bindable[] = [postId, blogOf(scope).id];
  let more = "";
  if (page.after !== undefined) more += "AND id < ? ";
  if (page.id !== undefined) more += "AND id = ? ";
  for (const value of [page.after, page.id]) if (value !== undefined) values.push(value);
  const rows = await scope.storage.query(
    `SELECT ${interactionColumns} FROM interactions WHERE post_id = ? AND blog_id = ? AND kind IN ('reply', 'mention') ${more}ORDER BY id DESC LIMIT ${Math.min(page.limit ?? 30, 100)}`,
    values,
  );
  return rows.map(interactionFrom);
}
