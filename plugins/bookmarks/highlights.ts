import { PublicError, isUlid, ulid } from "rookery/plugin";
import type { Highlight } from "./api.ts";
import type { Mark } from "./marks.ts";
import { placeOf } from "./passages.ts";
import type { Own } from "./settings.ts";

const most = { letters: 2_000, each: 200, lead: 100 } as const;
const columns = "h.id, h.mark_id, h.quote, h.lead, h.created_at, m.url, m.title";
const from = "FROM p_bookmarks_highlights h JOIN p_bookmarks_marks m ON m.id = h.mark_id";

/** A highlight with the words before it. */
export type Kept = Highlight & { readonly lead: string };
type Tables = Pick<Own, "tables">;
type Row = Record<string, string | number | null>;

/** Somebody's highlights, newest first. */
export async function highlightsOf(
  { tables }: Tables,
  accountId: string,
  { bookmarkId, before, limit }: { bookmarkId?: string; before?: string; limit: number },
): Promise<Kept[]> {
  if ([bookmarkId, before].some((id) => id !== undefined && !isUlid(id))) return [];
  const values = [accountId, ...(bookmarkId ? [bookmarkId] : []), ...(before ? [before] : [])];
  const more = `${bookmarkId ? " AND h.mark_id = ?" : ""}${before ? " AND h.id < ?" : ""}`;
  const rows = await tables.query<Row>(
    `SELECT ${columns} ${from} WHERE h.account_id = ? AND m.status = 'kept'${more} ORDER BY h.id DESC LIMIT ${Math.floor(limit)}`,
    values,
  );
  return rows.map((row) => ({
    id: String(row.id),
    bookmarkId: String(row.mark_id),
    url: String(row.url),
    title: String(row.title),
    quote: String(row.quote),
    lead: String(row.lead),
    createdAt: String(row.created_at),
  }));
}

/** Marks words of a copy. PublicError 422 when there are none, too many, or the copy does not have them. */
export async function addHighlight(
  context: Own,
  mark: Mark,
  html: string,
  passage: { quote: string; lead?: string },
): Promise<Kept> {
  const quote = inOneLine(passage.quote);
  if (quote === "") throw new PublicError("no-quote", "Say which words to highlight.", 422);
  if (quote.length > most.letters) throw new PublicError("long-quote", "A highlight has 2,000 characters at most.", 422);
  const lead = inOneLine(passage.lead ?? "")
    .slice(-most.lead)
    .toWellFormed();
  if (!placeOf(html, quote, lead))
    throw new PublicError("not-in-copy", "These words are not in the copy. Take them exactly as they stand there.", 422);
  const there = await highlightsOf(context, mark.accountId, { bookmarkId: mark.id, limit: most.each });
  const same = there.find((one) => one.quote === quote && one.lead === lead);
  if (same) return same;
  if (there.length >= most.each) throw new PublicError("many-highlights", "A bookmark has 200 highlights at most.", 422);
  const now = context.clock.now();
  const [id, createdAt] = [ulid(now.getTime()), now.toISOString()];
  await context.tables.run(
    "INSERT INTO p_bookmarks_highlights (id, blog_id, account_id, mark_id, quote, lead, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    [id, mark.blogId, mark.accountId, mark.id, quote, lead, createdAt],
  );
  return { id, bookmarkId: mark.id, url: mark.url, title: mark.title, quote, lead, createdAt };
}

/** Takes a highlight away; false when this person has none of that id. */
export async function removeHighlight({ tables }: Tables, accountId: string, id: string): Promise<boolean> {
  return (
    isUlid(id) && (await tables.run("DELETE FROM p_bookmarks_highlights WHERE id = ? AND account_id = ?", [id, accountId])) > 0
  );
}

const inOneLine = (text: string): string => text.toWellFormed().replaceAll("\0", "").replace(/\s+/g, " ").trim();
