import { hashOf, rowId } from "../row-id.ts";
import type { Own } from "../settings.ts";

/** A webmention that came in, and what became of it. */
export type Received = {
  readonly id: string;
  readonly postId: string;
  readonly source: string;
  readonly target: string;
  readonly vouch: string | null;
  readonly state: "waiting" | "later" | "accepted" | "held" | "rejected" | "deleted";
  /** The end of a key of the locales: `reason.…`; empty for none. */
  readonly reason: string;
  readonly attempts: number;
  /** The source it is stored under among the blog's interactions; empty until it is. */
  readonly storedAs: string;
  /** Comments that came with it. */
  readonly nested: readonly string[];
  readonly receivedAt: string;
  readonly checkedAt: string | null;
};

const columns = "id, post_id, source, target, vouch, state, reason, attempts, stored_as, nested, received_at, checked_at";
type Row = Record<string, string | number | null>;

/** Notes that a pair is to be looked at (again); gives its id, the same for the same pair. */
export async function wantChecked(
  context: Own,
  { source, target, postId, vouch }: Pick<Received, "source" | "target" | "postId" | "vouch">,
): Promise<string> {
  const { tables, blog, clock } = context;
  const id = rowId("received", blog.id, source, target);
  const now = clock.now().toISOString();
  const renew = () =>
    tables.run(
      "UPDATE p_webmention_received SET state = 'waiting', reason = '', attempts = 0, post_id = ?, vouch = ?, received_at = ? WHERE id = ?",
      [postId, vouch, now, id],
    );
  try {
    await tables.run(
      "INSERT INTO p_webmention_received (id, blog_id, post_id, source, source_hash, target, vouch, state, reason, attempts, stored_as, nested, received_at) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', '', 0, '', '[]', ?)",
      [id, blog.id, postId, source, hashOf(source), target, vouch, now],
    );
  } catch (error) {
    // It is there already: the same pair again, or in two requests at once.
    if ((await renew()) === 0) throw error;
  }
  return id;
}

/** One by its id; null when there is none on this blog. */
export async function receivedById({ tables, blog }: Own, id: string): Promise<Received | null> {
  const sql = `SELECT ${columns} FROM p_webmention_received WHERE id = ? AND blog_id = ?`;
  const [row] = /^[0-9A-Z]{26}$/.test(id) ? await tables.query<Row>(sql, [id, blog.id]) : [];
  return row ? fromRow(row) : null;
}

/** Those in a state, the oldest first; without those from some hosts. */
export async function receivedIn(
  { tables, blog }: Own,
  state: Received["state"],
  { limit, notFrom = [] }: { limit: number; notFrom?: readonly string[] },
): Promise<Received[]> {
  const unwanted = notFrom.flatMap((host) =>
    ["http", "https"].flatMap((scheme) => [`${scheme}://${host}/%`, `${scheme}://${host}:%`]),
  );
  const others = unwanted.map(() => " AND source NOT LIKE ?").join("");
  const sql = `SELECT ${columns} FROM p_webmention_received WHERE blog_id = ? AND state = ?${others} ORDER BY received_at LIMIT ${Math.trunc(limit)}`;
  return (await tables.query<Row>(sql, [blog.id, state, ...unwanted])).map(fromRow);
}

/** How many of a post wait to be looked at, counted up to so many. */
export async function waitingFor({ tables, blog }: Own, postId: string, most: number): Promise<number> {
  const some = `SELECT id FROM p_webmention_received WHERE blog_id = ? AND state = 'waiting' AND post_id = ? LIMIT ${Math.trunc(most)}`;
  const [row] = await tables.query<Row>(`SELECT COUNT(*) AS waiting FROM (${some}) AS some`, [blog.id, postId]);
  return Number(row?.waiting);
}

/** The last ones that came to the blog, by when they came. */
export async function lastReceived({ tables, blog }: Own, limit: number): Promise<Received[]> {
  const sql = `SELECT ${columns} FROM p_webmention_received WHERE blog_id = ? ORDER BY received_at DESC LIMIT ${Math.trunc(limit)}`;
  return (await tables.query<Row>(sql, [blog.id])).map(fromRow);
}

/** What the sources of a page are stored as: a page that mentions several posts is stored once for each. */
export async function namesOf({ tables, blog }: Own, source: string): Promise<{ postId: string; storedAs: string }[]> {
  const sql =
    "SELECT post_id, stored_as FROM p_webmention_received WHERE blog_id = ? AND source_hash = ? AND stored_as <> '' LIMIT 200";
  const rows = await tables.query<Row>(sql, [blog.id, hashOf(source)]);
  return rows.map((row) => ({ postId: String(row.post_id), storedAs: String(row.stored_as) }));
}

/** Those of one source, 200 at most. */
export async function receivedFrom({ tables, blog }: Own, source: string): Promise<Received[]> {
  const sql = `SELECT ${columns} FROM p_webmention_received WHERE blog_id = ? AND source_hash = ? LIMIT 200`;
  return (await tables.query<Row>(sql, [blog.id, hashOf(source)])).map(fromRow);
}

/** Notes which comments are kept with one. */
export async function noteNested({ tables }: Own, id: string, nested: readonly string[]): Promise<void> {
  await tables.run("UPDATE p_webmention_received SET nested = ? WHERE id = ?", [JSON.stringify(nested), id]);
}

/** Notes what became of one, unless it was sent again meanwhile. */
export async function noteReceived({ tables, clock }: Own, one: Received): Promise<void> {
  const checked = clock.now().toISOString();
  await tables.run(
    "UPDATE p_webmention_received SET state = ?, reason = ?, attempts = ?, stored_as = ?, nested = ?, checked_at = ? WHERE id = ? AND received_at = ?",
    [one.state, one.reason, one.attempts, one.storedAs, JSON.stringify(one.nested), checked, one.id, one.receivedAt],
  );
}

/** Gives those whose time to be tried again has come their turn. */
export async function wakeLater({ tables }: Own, id: string): Promise<void> {
  await tables.run("UPDATE p_webmention_received SET state = 'waiting' WHERE id = ? AND state = 'later'", [id]);
}

function fromRow(row: Row): Received {
  return {
    id: String(row.id),
    postId: String(row.post_id),
    source: String(row.source),
    target: String(row.target),
    vouch: row.vouch === null || row.vouch === undefined ? null : String(row.vouch),
    state: row.state as Received["state"],
    reason: String(row.reason),
    attempts: Number(row.attempts),
    storedAs: String(row.stored_as),
    nested: JSON.parse(String(row.nested)) as string[],
    receivedAt: String(row.received_at),
    checkedAt: row.checked_at === null || row.checked_at === undefined ? null : String(row.checked_at),
  };
}
