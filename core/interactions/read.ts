import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Interaction } from "../hooks/values.ts";
import { isUlid } from "../ids.ts";
import { marks } from "../storage/rows.ts";
import type { Bindable } from "../storage/storage.ts";
import { isGone, storedBySource } from "./by-source.ts";
import { interactionColumns, interactionFrom } from "./interaction.ts";

// What people here say is not shown while they are suspended or have left.
const saidByWhoIsHere = "NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = interactions.account_id AND a.state <> 'active')";

/** What readers see under a post: visible replies and mentions, oldest first, 500 at most. Likes and reposts are the author's own affair. */
export async function conversationOf(scope: Scope, postId: string): Promise<readonly Interaction[]> {
  const rows = await scope.storage.query(
    `SELECT ${interactionColumns} FROM interactions WHERE post_id = ? AND blog_id = ? AND state = 'visible' AND kind IN ('reply', 'mention') ` +
      `AND ${saidByWhoIsHere} ORDER BY published_at, id LIMIT 500`,
    [postId, blogOf(scope).id],
  );
  return rows.map(interactionFrom);
}

/** How many visible replies each of these posts has; posts without any are left out. */
export async function replyCounts(scope: Scope, postIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (postIds.length === 0) return new Map();
  const rows = await scope.storage.query(
    `SELECT post_id, COUNT(*) AS number FROM interactions WHERE post_id IN (${postIds.map(() => "?").join(", ")}) AND state = 'visible' AND kind = 'reply' AND ${saidByWhoIsHere} GROUP BY post_id`,
    [...postIds],
  );
  return new Map(rows.map((row) => [String(row.post_id), Number(row.number)]));
}

/** What of a blog's interactions is wanted; everything that is left out is not asked for. */
export type InteractionFilter = {
  readonly state?: Interaction["state"];
  readonly kinds?: readonly Interaction["kind"][];
  readonly postId?: string;
  /** Only those under posts of this author. */
  readonly authorId?: string;
  /** The id of the last one seen. */
  readonly after?: string;
  /** 30 unless told, 100 at most. */
  readonly limit?: number;
};

/** Interactions of a blog, the newest first. */
export async function listInteractions(scope: Scope, filter: InteractionFilter = {}): Promise<readonly Interaction[]> {
  const values: Bindable[] = [blogOf(scope).id];
  let more = "";
  const ask = (sql: string, ...given: Bindable[]) => {
    more += `AND ${sql} `;
    values.push(...given);
  };
  if (filter.state === undefined) ask("state <> 'deleted'");
  else ask("state = ?", filter.state);
  if (filter.kinds) ask(filter.kinds.length === 0 ? "1 = 0" : `kind IN (${marks(filter.kinds.length)})`, ...filter.kinds);
  if (filter.postId !== undefined) ask("post_id = ?", filter.postId);
  if (filter.authorId !== undefined)
    ask("EXISTS (SELECT 1 FROM posts p WHERE p.id = interactions.post_id AND p.author_id = ?)", filter.authorId);
  if (filter.after !== undefined)
    ask("(received_at, id) < (SELECT i.received_at, i.id FROM interactions i WHERE i.id = ?)", filter.after);
  const limit = Math.min(Math.max(Math.trunc(filter.limit ?? 30), 1), 100);
  const rows = await scope.storage.query(
    `SELECT ${interactionColumns} FROM interactions WHERE blog_id = ? ${more}ORDER BY received_at DESC, id DESC LIMIT ${limit}`,
    values,
  );
  return rows.map(interactionFrom);
}

/** One interaction of the blog in any state; null when there is none. */
export async function interactionById(scope: Scope, id: string): Promise<Interaction | null> {
  const sql = `SELECT ${interactionColumns} FROM interactions WHERE id = ? AND blog_id = ? AND state <> 'deleted'`;
  const [row] = isUlid(id) ? await scope.storage.query(sql, [id, blogOf(scope).id]) : [];
  return row ? interactionFrom(row) : null;
}

/** The interaction that stands at an address elsewhere; null when there is none. */
export async function interactionBySource(scope: Scope, source: string): Promise<Interaction | null> {
  const found = await storedBySource(scope, blogOf(scope).id, source);
  return found && !isGone(found) ? (found as Interaction) : null;
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
    `SELECT ${interactionColumns} FROM interactions WHERE post_id = ? AND blog_id = ? AND kind IN ('reply', 'mention') AND state <> 'deleted' ${more}ORDER BY id DESC LIMIT ${Math.min(page.limit ?? 30, 100)}`,
    values,
  );
  return rows.map(interactionFrom);
}
