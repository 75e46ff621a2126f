import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Bindable, Row } from "../../storage/storage.ts";

/** Which rows of the scope's blog, in the order of which columns of an index. */
export type Pages = {
  readonly table: "posts" | "media" | "interactions";
  readonly columns: string;
  readonly keys: readonly [string] | readonly [string, string];
  /** Only what this person made; null for everybody. */
  readonly authorId: string | null;
};

/** Rows of a blog, a hundred at a time: by keys that an index has in order, so that page 1,000 costs as little as the first. */
export async function* pages(scope: Scope, signal: AbortSignal, wanted: Pages): AsyncIterable<Row[]> {
  const { table, columns, keys, authorId } = wanted;
  const author = table === "posts" ? "author_id" : "account_id";
  const own = authorId === null ? "" : ` AND ${author} = ?`;
  const [first, second] = keys;
  const beyond = second === undefined ? `${first} > ?` : `${first} >= ? AND (${first} > ? OR ${second} > ?)`;
  const selected = [...new Set([...columns.split(", "), ...keys])].join(", ");
  const sql = `SELECT ${selected} FROM ${table} WHERE blog_id = ?${own} AND ${beyond} ORDER BY ${keys.join(", ")} LIMIT 100`;
  for (let [at, id] = ["", ""]; ;) {
    signal.throwIfAborted();
    const values: Bindable[] = [blogOf(scope).id, ...(authorId === null ? [] : [authorId])];
    const rows = await scope.storage.query(sql, [...values, ...(second === undefined ? [at] : [at, at, id])]);
    yield rows;
    if (rows.length < 100) return;
    const last = rows.at(-1)!;
    [at, id] = [String(last[first]), second === undefined ? "" : String(last[second])];
  }
}
