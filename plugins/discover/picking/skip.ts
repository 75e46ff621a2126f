import { type Context } from "rookery/plugin";
import { marks } from "../../timeline/ids.ts";
import { note, type Action, type Actor } from "../log.ts";

/** Takes a post out of the candidates, for all curators. */
export async function skip(context: Context, by: Actor, post: Skipped, action: Action = "skip"): Promise<void> {
  const { tables, clock } = context;
  if ((await skippedAmong(context, [post.number])).has(post.number)) return;
  await note(context, by, { action, subject: post.url, aboutId: post.authorId });
  const values = [post.number, post.authorId, by.id, clock.now().toISOString()];
  await tables
    .run("INSERT INTO p_discover_skips (item, blog_id, author_id, by_id, at) VALUES (?, '', ?, ?, ?)", values)
    .catch(async (error: unknown) => {
      if (!(await skippedAmong(context, [post.number])).has(post.number)) throw error;
    });
}
type Skipped = { readonly number: number; readonly url: string; readonly authorId: string };

/** Makes a skipped post a candidate again. */
export async function unskip(context: Context, by: Actor, post: Skipped): Promise<void> {
  if (!(await skippedAmong(context, [post.number])).has(post.number)) return;
  await note(context, by, { action: "unskip", subject: post.url, aboutId: post.authorId });
  await context.tables.run("DELETE FROM p_discover_skips WHERE item = ?", [post.number]);
}

/** Which of these posts were skipped. */
export async function skippedAmong({ tables }: Context, numbers: readonly number[]): Promise<ReadonlySet<number>> {
  if (numbers.length === 0) return new Set();
  const sql = `SELECT item FROM p_discover_skips WHERE item IN (${marks(numbers.length)})`;
  return new Set((await tables.query<{ item: number }>(sql, numbers)).map(({ item }) => item));
}

/** Numbers of the posts that were skipped last. */
export async function lastSkipped({ tables }: Context): Promise<readonly number[]> {
  const rows = await tables.query<{ item: number }>("SELECT item FROM p_discover_skips ORDER BY at DESC, item DESC LIMIT 50");
  return rows.map(({ item }) => item);
}
