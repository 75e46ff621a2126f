import { ulid } from "rookery/plugin";
import { again } from "../bounds.ts";
import { hashOf } from "../ids.ts";
import type { Own } from "../own.ts";
import type { Target } from "../writing/target.ts";
import { rowById, rowsWhere } from "./find.ts";
import { wordsOf, type ReplyRow } from "./reply-row.ts";

/** What is about to be kept. */
export type NewReply = {
  readonly accountId: string;
  readonly kind: ReplyRow["kind"];
  readonly source: string;
  readonly html: string;
  readonly target: Target;
  readonly wantsCopy: boolean;
  readonly key?: string | undefined;
};

/** The same one, sent already: by its key, or the same words to the same item within a minute. */
export async function sentBefore(context: Own, wish: Omit<NewReply, "html" | "wantsCopy">): Promise<ReplyRow | null> {
  const { clock } = context;
  const since = new Date(clock.now().getTime() - again).toISOString();
  if (wish.key) {
    const [same] = await rowsWhere(context, "once = ? AND state <> 'removed'", [onceOf(wish, clock.now().getTime())]);
    if (same) return same;
  }
  const [twin] = await rowsWhere(
    context,
    "account_id = ? AND text_hash = ? AND target_number = ? AND created_at >= ? AND state <> 'removed' ORDER BY id DESC LIMIT 1",
    [wish.accountId, hashOf(wish.source), wish.target.number, since],
  );
  return twin ?? null;
}

/** Writes a reply down, to be delivered; when two requests bring the same one at once, the second gets the first one's. */
export async function keepReply(context: Own, wish: NewReply): Promise<ReplyRow> {
  const { tables, clock } = context;
  const now = clock.now();
  const { target } = wish;
  const id = ulid(now.getTime());
  const once = onceOf(wish, now.getTime());
  const row = {
    id,
    blog_id: "",
    account_id: wish.accountId,
    number: 0,
    kind: wish.kind,
    state: "waiting",
    reason: "",
    is_due: 1,
    revision: 1,
    attempts: 0,
    source: wish.source,
    html: wish.html,
    once,
    ...wordsOf(wish.source),
    target_number: target.number,
    target_url: target.url,
    target_blog: target.blogId,
    target_post: target.postId,
    parent_source: target.parentSource,
    to_account: target.accountId,
    to_name: target.name.slice(0, 200),
    wants_copy: wish.wantsCopy ? 1 : 0,
    copy_blog: "",
    copy_post: "",
    copy_url: "",
    copy_hash: "",
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    removed_at: null,
  };
  const names = Object.keys(row);
  const sql = `INSERT INTO p_replies_replies (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
  try {
    await tables.run(sql, Object.values(row));
  } catch (error) {
    const [first] = await rowsWhere(context, "once = ?", [once]);
    if (first && (wish.key || first.source === wish.source)) return first;
    if (!first && (await rowById(context, id))) throw error;
    // That one was changed or deleted since, so these words are said nowhere yet.
    await tables.run(sql, Object.values({ ...row, once: id }));
  }
  return (await rowById(context, id))!;
}

// Two requests at the same moment differ in nothing; the minute lets the same words be said again later.
function onceOf(
  { accountId, key, target, source }: Pick<NewReply, "accountId" | "key" | "target" | "source">,
  now: number,
): string {
  const said = key ? `key ${key}` : `text ${target.number} ${Math.floor(now / again)} ${hashOf(source)}`;
  return hashOf(`${accountId} ${said}`);
}
