import { isUlid } from "rookery/plugin";
import type { Bookmark } from "./api.ts";
import type { Own } from "./settings.ts";

type Row = Record<string, string | number | null>;
/** A bookmark with what only this plugin needs. */
export type Mark = Bookmark & { readonly accountId: string; readonly isAway: boolean; readonly tries: number };

const columns = [
  "id",
  "blog_id",
  "account_id",
  "number",
  "url",
  "title",
  "tags",
  "status",
  "is_public",
  "copy_state",
  "copy_reason",
  "tries",
  "saved_at",
]
  .map((name) => `m.${name}`)
  .join(", ");

/** A bookmark by its id, whoever's it is; null when there is none. */
export async function markById({ tables }: Pick<Own, "tables">, id: string): Promise<Mark | null> {
  if (!isUlid(id)) return null;
  const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_bookmarks_marks m WHERE m.id = ?`, [id]);
  return row ? markFrom(row) : null;
}

/** Somebody's bookmarks, newest first, from the one after `before` on. */
export async function marksOf(
  { tables }: Pick<Own, "tables">,
  accountId: string,
  filter: { before?: string; tag?: string; search?: string; limit: number },
): Promise<Mark[]> {
  const last = filter.before === undefined ? null : await markById({ tables }, filter.before);
  if (filter.before !== undefined && last?.accountId !== accountId) return [];
  const { tag } = filter;
  const where = ["m.account_id = ?", "m.status = 'kept'"];
  const values: (string | number)[] = [accountId];
  if (tag !== undefined) {
    where.push("t.account_id = ?", "t.tag = ?");
    values.push(accountId, tag);
  }
  for (const word of wordsIn(filter.search)) {
    where.push("m.words LIKE ? ESCAPE '!'");
    values.push(`%${word.replace(/[!%_]/g, "!$&")}%`);
  }
  const by = tag === undefined ? "m.saved_at" : "t.saved_at";
  if (last) {
    where.push(`(${by} < ? OR (${by} = ? AND m.id < ?))`);
    values.push(last.savedAt, last.savedAt, last.id);
  }
  const from = tag === undefined ? "p_bookmarks_marks m" : "p_bookmarks_tags t JOIN p_bookmarks_marks m ON m.id = t.mark_id";
  const rows = await tables.query<Row>(
    `SELECT ${columns} FROM ${from} WHERE ${where.join(" AND ")} ORDER BY ${by} DESC, m.id DESC LIMIT ${Math.floor(filter.limit)}`,
    values,
  );
  return rows.map(markFrom);
}

/** Somebody's bookmarks of some addresses, saved since a moment, the oldest first: few are that young, so no index of addresses is needed. */
export async function marksAmong(
  { tables }: Pick<Own, "tables">,
  accountId: string,
  { urls, since }: { urls: readonly string[]; since: string },
): Promise<Mark[]> {
  const some = [...new Set(urls)].slice(0, 200);
  if (some.length === 0) return [];
  const rows = await tables.query<Row>(
    `SELECT ${columns} FROM p_bookmarks_marks m WHERE m.account_id = ? AND m.status = 'kept' AND m.saved_at >= ?
     AND m.url IN (${some.map(() => "?").join(", ")}) ORDER BY m.saved_at, m.id`,
    [accountId, since, ...some],
  );
  return rows.map(markFrom);
}

/** Somebody's bookmarks of an address, the newest first, also those in the trash. */
export async function marksAt({ tables }: Pick<Own, "tables">, accountId: string, url: string): Promise<Mark[]> {
  const sql = `SELECT ${columns} FROM p_bookmarks_marks m WHERE m.account_id = ? AND m.url = ? ORDER BY m.id DESC LIMIT 50`;
  return (await tables.query<Row>(sql, [accountId, url])).map(markFrom);
}

/** A page of a blog's bookmarks in the order of their ids, whoever's they are. */
export async function marksOnBlog({ tables, blog }: Own, after: string): Promise<Mark[]> {
  const rows = await tables.query<Row>(
    `SELECT ${columns} FROM p_bookmarks_marks m WHERE m.blog_id = ? AND m.id > ? ORDER BY m.id LIMIT 200`,
    [blog.id, after],
  );
  return rows.map(markFrom);
}

/** Somebody's tags. */
export async function tagsInUse(
  { tables }: Pick<Own, "tables">,
  accountId: string,
  order: "name" | "recent",
  limit: number,
): Promise<string[]> {
  const rows = await tables.query<{ tag: string }>(
    `SELECT tag, MAX(saved_at) AS last_at FROM p_bookmarks_tags WHERE account_id = ? GROUP BY tag ORDER BY ${order === "name" ? "tag" : "last_at DESC"} LIMIT ${Math.floor(limit)}`,
    [accountId],
  );
  return rows.map(({ tag }) => String(tag));
}

/** What a search finds a bookmark by. */
export function searchWords({ title, url, tags }: Pick<Bookmark, "title" | "url" | "tags">): string {
  return [title, url, decoded(url), ...tags].join("\n").toLowerCase();
}

const wordsIn = (search = ""): string[] =>
  search.toLowerCase().toWellFormed().slice(0, 200).split(/\s+/).filter(Boolean).slice(0, 8);

function decoded(url: string): string {
  try {
    return decodeURI(url).toWellFormed();
  } catch (error) {
    if (error instanceof URIError) return "";
    throw error;
  }
}

function markFrom(row: Row): Mark {
  return {
    id: String(row.id),
    blogId: String(row.blog_id),
    accountId: String(row.account_id),
    number: Number(row.number),
    url: String(row.url),
    title: String(row.title),
    tags: JSON.parse(String(row.tags)) as string[],
    isPublic: Number(row.is_public) === 1,
    isAway: row.status !== "kept",
    copy: { state: row.copy_state as Mark["copy"]["state"], reason: String(row.copy_reason) },
    tries: Number(row.tries),
    savedAt: String(row.saved_at),
  };
}
