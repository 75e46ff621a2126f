import { rowId } from "../row-id.ts";
import type { Own } from "../settings.ts";

/** What a page was told of a post, and what it answered. */
export type Sent = {
  readonly id: string;
  readonly postId: string;
  readonly source: string;
  readonly target: string;
  readonly state: "waiting" | "sent" | "none" | "failed";
  readonly times: number;
  readonly attempts: number;
  readonly endpoint: string;
  readonly status: number | null;
  readonly answer: string;
  readonly statusUrl: string;
  readonly updatedAt: string;
};

const columns = "id, post_id, source, target, state, times, attempts, endpoint, status, answer, status_url, updated_at";
type Row = Record<string, string | number | null>;

/** One by its id; null when there is none on this blog. */
export async function sentById({ tables, blog }: Own, id: string): Promise<Sent | null> {
  const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_webmention_sent WHERE id = ? AND blog_id = ?`, [id, blog.id]);
  return row ? sentFrom(row) : null;
}

/** Every page a post ever linked to, 1,000 at most. */
export async function sentOf({ tables, blog }: Own, postId: string): Promise<Sent[]> {
  const sql = `SELECT ${columns} FROM p_webmention_sent WHERE blog_id = ? AND post_id = ? ORDER BY updated_at DESC LIMIT 1000`;
  return (await tables.query<Row>(sql, [blog.id, postId])).map(sentFrom);
}

/** The last ones of the blog. */
export async function lastSent({ tables, blog }: Own, limit: number): Promise<Sent[]> {
  const sql = `SELECT ${columns} FROM p_webmention_sent WHERE blog_id = ? ORDER BY updated_at DESC LIMIT ${Math.trunc(limit)}`;
  return (await tables.query<Row>(sql, [blog.id])).map(sentFrom);
}

/** Notes that a page is to be told; gives the id of the row, the same for the same post and page. */
export async function wantSent(context: Own, postId: string, source: string, target: string): Promise<string> {
  const { tables, blog, clock } = context;
  const id = rowId("sent", blog.id, postId, target);
  const now = clock.now().toISOString();
  if (!(await sentById(context, id)))
    try {
      await tables.run(
        "INSERT INTO p_webmention_sent (id, blog_id, post_id, source, target, state, times, attempts, endpoint, answer, status_url, updated_at) " +
          "VALUES (?, ?, ?, ?, ?, 'waiting', 0, 0, '', '', '', ?)",
        [id, blog.id, postId, source, target, now],
      );
    } catch (error) {
      // Another process may have noted it in between.
      if (!(await sentById(context, id))) throw error;
    }
  await tables.run("UPDATE p_webmention_sent SET state = 'waiting', attempts = 0, updated_at = ? WHERE id = ?", [now, id]);
  return id;
}

/** Notes what became of it. */
export async function noteSent({ tables, clock }: Own, { id, ...rest }: Sent): Promise<void> {
  await tables.run(
    "UPDATE p_webmention_sent SET state = ?, times = ?, attempts = ?, endpoint = ?, status = ?, answer = ?, status_url = ?, updated_at = ? WHERE id = ?",
    [
      rest.state,
      rest.times,
      rest.attempts,
      rest.endpoint.slice(0, 2048),
      rest.status,
      rest.answer.replace(/\s+/g, " ").trim().slice(0, 300).toWellFormed(),
      rest.statusUrl.slice(0, 2048),
      clock.now().toISOString(),
      id,
    ],
  );
}

function sentFrom(row: Row): Sent {
  return {
    id: String(row.id),
    postId: String(row.post_id),
    source: String(row.source),
    target: String(row.target),
    state: row.state as Sent["state"],
    times: Number(row.times),
    attempts: Number(row.attempts),
    endpoint: String(row.endpoint),
    status: row.status === null || row.status === undefined ? null : Number(row.status),
    answer: String(row.answer),
    statusUrl: String(row.status_url),
    updatedAt: String(row.updated_at),
  };
}
