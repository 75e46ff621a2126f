import { insertRow, newId } from "../numbered.ts";
import type { Own } from "../settings.ts";
import { invalid, missing } from "../wire/answers.ts";
import { dated } from "../wire/dates.ts";
import { refused } from "../wire/typed.ts";
import { itemOf } from "./entries.ts";

/** A passage somebody marked. */
export type Highlight = {
  readonly number: number;
  readonly entry: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly start: number;
  readonly end: number;
  readonly at: string;
};
type Row = Record<string, string | number>;

const most = { letters: 10_000, each: 500, all: 20_000 } as const;
const columns = "number, entry, url, title, body, start_at, end_at, created_at";

/** Somebody's highlights, the newest first. */
export async function highlightsOf({ tables }: Own, accountId: string, { limit, offset }: { limit: number; offset: number }) {
  const sql = `SELECT ${columns} FROM p_client_api_highlights WHERE account_id = ? ORDER BY number DESC LIMIT ?`;
  return (await tables.query<Row>(sql, [accountId, offset + limit])).slice(offset).map(highlightFrom);
}

/** Those of one entry, in the order of its text. */
export async function highlightsIn({ tables }: Own, accountId: string, entry: number): Promise<readonly Highlight[]> {
  const sql = `SELECT ${columns} FROM p_client_api_highlights WHERE account_id = ? AND entry = ? ORDER BY start_at, number LIMIT ${most.each}`;
  return (await tables.query<Row>(sql, [accountId, entry])).map(highlightFrom);
}

/** Marks a passage. The same one again is the one that is there. */
export async function addHighlight(context: Own, accountId: string, entry: number, said: URLSearchParams): Promise<Highlight> {
  const item = await itemOf(context, accountId, entry);
  const body = (said.get("text") ?? "").toWellFormed().replaceAll("\0", "").trim();
  const [start, end] = [placeOf(said.get("start")), placeOf(said.get("end"))];
  if (body === "") throw invalid("Say which words to mark: send them as text.");
  if (body.length > most.letters) throw refused("A highlight has 10,000 letters at most.");
  if (end < start) throw invalid("A highlight ends after it starts.");
  const there = await highlightsIn(context, accountId, entry);
  const same = there.find((one) => one.body === body && one.start === start && one.end === end);
  if (same) return same;
  if (there.length >= most.each) throw refused("An entry has 500 highlights at most.");
  const { id, number, now } = await newId(context);
  const { url, title } = item;
  const row = { id, number, account_id: accountId, entry, url, title, body, start_at: start, end_at: end, created_at: now };
  await insertRow(context, "highlights", row);
  return { number, entry, url, title, body, start, end, at: now };
}

/** Takes a mark away; PublicError 404. */
export async function removeHighlight({ tables }: Own, accountId: string, entry: number, number: number): Promise<void> {
  const sql = "DELETE FROM p_client_api_highlights WHERE number = ? AND account_id = ? AND entry = ?";
  if ((await tables.run(sql, [number, accountId, entry])) === 0) throw missing("You have no such highlight.");
}

/** A highlight as apps read it. */
export const highlightItem = ({ number, entry, url, title, body, start, end, at }: Highlight) => ({
  id: number,
  title,
  url,
  content_text: body,
  date_published: dated(at),
  date_modified: dated(at),
  _microblog: { entry_id: entry, selection_start: start, selection_end: end },
});

/** The most that one list passes over. */
export const mostHighlights = most.all;

function placeOf(text: string | null): number {
  if (!/^\d{1,9}$/.test(text?.trim() || "0")) throw invalid("start and end are whole numbers.");
  return Number(text?.trim() || "0");
}

function highlightFrom(row: Row): Highlight {
  const text = (name: string) => String(row[name] ?? "");
  return {
    number: Number(row.number),
    entry: Number(row.entry),
    url: text("url"),
    title: text("title"),
    body: text("body"),
    start: Number(row.start_at),
    end: Number(row.end_at),
    at: text("created_at"),
  };
}
