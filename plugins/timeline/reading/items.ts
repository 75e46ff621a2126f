import type { Item, ItemAuthor } from "../api.ts";
import { marks } from "../ids.ts";
import type { Own } from "../settings.ts";
import { sourcesById, type StoredSource } from "../sources.ts";

/** A row with what belongs to it, before anybody's wishes are asked. */
export type Known = {
  readonly item: Item;
  readonly words: string;
  readonly state: string;
  readonly replyHandle: string;
  readonly isAway: boolean;
  /** Said on this installation. */
  readonly isLocal: boolean;
};
type Row = Record<string, string | number>;

const columns = `number, id, blog_id, source_id, place_id, kind, url, title, html, words, is_link, author, photos, language, at, reply_to,
  reply_source, state, EXISTS (SELECT 1 FROM p_timeline_items r WHERE r.reply_hash = i.url_hash AND r.state = 'shown') AS is_answered`;

/** Items by their numbers, in any state. */
export async function itemsByNumber(context: Own, numbers: readonly number[]): Promise<ReadonlyMap<number, Known>> {
  if (numbers.length === 0) return new Map();
  const sql = `SELECT ${columns} FROM p_timeline_items i WHERE number IN (${marks(numbers.length)})`;
  return knownOf(context, await context.tables.query<Row>(sql, numbers));
}

/** Items that answer an address, the oldest first. */
export async function itemsAnswering(context: Own, replyHash: string, limit: number): Promise<readonly Known[]> {
  const sql = `SELECT ${columns} FROM p_timeline_items i WHERE reply_hash = ? ORDER BY at, number LIMIT ?`;
  return [...(await knownOf(context, await context.tables.query<Row>(sql, [replyHash, limit]))).values()];
}

async function knownOf(context: Own, rows: readonly Row[]): Promise<Map<number, Known>> {
  const ids = rows.flatMap((row) => [row.source_id, row.place_id, row.reply_source].map(String));
  const sources = await sourcesById(context, ids);
  return new Map(rows.map((row) => [Number(row.number), knownFrom(row, sources)]));
}

function knownFrom(row: Row, sources: ReadonlyMap<string, StoredSource>): Known {
  const text = (name: string) => String(row[name] ?? "");
  const [source, place] = [sources.get(text("source_id")), sources.get(text("place_id"))];
  const item: Item = {
    number: Number(row.number),
    id: text("id"),
    kind: text("kind") as Item["kind"],
    url: text("url"),
    title: text("title"),
    html: text("html"),
    isLink: row.is_link === 1,
    author: authorOf(source, text("author")),
    photos: JSON.parse(text("photos") || "[]") as Item["photos"],
    language: text("language"),
    at: text("at"),
    replyTo: text("reply_to"),
    replySourceId: text("reply_source"),
    blogId: text("blog_id"),
    isConversation: text("reply_to") !== "" || Number(row.is_answered) === 1,
  };
  const replyHandle = sources.get(item.replySourceId)?.handle ?? "";
  return {
    item,
    words: text("words"),
    state: text("state"),
    replyHandle,
    isAway: source?.isAway === true || place?.isAway === true,
    isLocal: item.blogId !== "" || source?.plugin === "timeline",
  };
}

function authorOf(source: StoredSource | undefined, said: string): ItemAuthor {
  if (source) return { sourceId: source.id, name: source.title, url: source.url, avatar: source.avatar, handle: source.handle };
  const { name = "", url = "", avatar = "", handle = "" } = (said === "" ? {} : JSON.parse(said)) as Partial<ItemAuthor>;
  return { sourceId: "", name: name || handle, url, avatar, handle };
}
