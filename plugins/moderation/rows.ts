import { createHash } from "node:crypto";
import { ulid } from "rookery/plugin";
import type { Own } from "./settings.ts";

export type Value = string | number | null;
type Place = Pick<Own, "tables" | "clock">;

/** SHA-256 of a text, in hexadecimal digits. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The time now, as it is stored. */
export const nowOf = ({ clock }: Pick<Own, "clock">): string => clock.now().toISOString();

/** A new id. */
export const idOf = ({ clock }: Pick<Own, "clock">): string => ulid(clock.now().getTime());

/** So many question marks. */
export const marks = (count: number): string => Array<string>(count).fill("?").join(", ");

/** Writes rows of one shape into one of the plugin's tables, in one statement. They belong to the installation. */
export async function insert({ tables }: Place, table: string, rows: readonly Readonly<Record<string, Value>>[]): Promise<void> {
  if (rows.length === 0) return;
  const all = rows.map((row) => ({ blog_id: "-", ...row }));
  const names = Object.keys(all[0]!);
  const tuples = all.map(() => `(${marks(names.length)})`).join(", ");
  await tables.run(
    `INSERT INTO p_moderation_${table} (${names.join(", ")}) VALUES ${tuples}`,
    all.flatMap((row) => names.map((name) => (row as Record<string, Value>)[name] ?? null)),
  );
}

/** Writes a row unless one with the same unique values is there; false then. */
export async function insertOnce(
  place: Place,
  table: string,
  row: Readonly<Record<string, Value>>,
  unique: string,
): Promise<boolean> {
  const find = async () => {
    const sql = `SELECT ${unique} FROM p_moderation_${table} WHERE ${unique} = ?`;
    return (await place.tables.query(sql, [row[unique] ?? ""])).length > 0;
  };
  if (await find()) return false;
  try {
    await insert(place, table, [row]);
    return true;
  } catch (error) {
    // Two at once: the other one's row stands.
    if (await find()) return false;
    throw error;
  }
}

/** What somebody typed, as it is kept: no lone surrogates, no control characters but line ends, cut to so many letters. */
export function typed(text: string | null | undefined, length: number): string {
  const clean = (text ?? "").toWellFormed().replace(/\r\n?/g, "\n");
  return clean
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim()
    .slice(0, length)
    .toWellFormed();
}

/** The same on one line. */
export const oneLine = (text: string, length: number): string => typed(text.replace(/\s+/g, " "), length);

/** A text as HTML shows it. */
export const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
