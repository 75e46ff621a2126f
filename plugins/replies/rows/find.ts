import { isUlid } from "rookery/plugin";
import { hashOf, numberFrom } from "../ids.ts";
import { addressOf, type Own } from "../own.ts";
import { columns, rowFrom, type ReplyRow } from "./reply-row.ts";

type Place = Pick<Own, "tables">;
type Value = string | number;

/** The replies that fit a condition, in the order it says. */
export async function rowsWhere({ tables }: Place, condition: string, values: readonly Value[]): Promise<readonly ReplyRow[]> {
  return (await tables.query(`SELECT ${columns} FROM p_replies_replies WHERE ${condition}`, values)).map(rowFrom);
}

/** One by its id; null for none. */
export async function rowById(context: Place, id: string): Promise<ReplyRow | null> {
  return isUlid(id) ? ((await rowsWhere(context, "id = ?", [id]))[0] ?? null) : null;
}

/** One by the post on the own blog that is its copy; null for none. */
export async function rowByCopy(context: Place, postId: string): Promise<ReplyRow | null> {
  return isUlid(postId) ? ((await rowsWhere(context, "copy_post = ? LIMIT 1", [postId]))[0] ?? null) : null;
}

/** One by its address, on the installation or of its copy; removed ones too. */
export async function rowByUrl(context: Pick<Own, "tables" | "site">, url: string): Promise<ReplyRow | null> {
  const hub = addressOf(context, "");
  const clean = url.slice(0, 2_048).split("#")[0]!;
  if (clean.startsWith(hub)) return rowById(context, clean.slice(hub.length).replace(/\/$/, "").toUpperCase());
  return (await rowsWhere(context, "copy_hash = ? ORDER BY id LIMIT 1", [hashOf(clean)]))[0] ?? null;
}

/** One by what its writer's app calls it: an address or a number; or by its id. */
export async function rowBy(context: Pick<Own, "tables" | "site">, which: string | number): Promise<ReplyRow | null> {
  if (isUlid(String(which))) return rowById(context, String(which));
  const number = numberFrom(which);
  if (number === null) return rowByUrl(context, String(which));
  return number === 0 ? null : ((await rowsWhere(context, "number = ? ORDER BY id LIMIT 1", [number]))[0] ?? null);
}
