import { ulid, type Context } from "rookery/plugin";

/** Letters for a list of values in SQL. */
export const marks = (count: number): string => Array.from({ length: count }, () => "?").join(", ");

/** Id, number and moment of something new. */
export type NewId = { readonly id: string; readonly number: number; readonly now: string };

/** Those of something that is about to be made. */
export async function newId({ clock, numbers }: Pick<Context, "clock" | "numbers">): Promise<NewId> {
  const now = clock.now();
  const id = ulid(now.getTime());
  const number = (await numbers.of([id])).get(id)!;
  return { id, number, now: now.toISOString() };
}

/** Writes a row; nothing here belongs to a blog. */
export async function insertRow(
  { tables }: Pick<Context, "tables">,
  table: string,
  row: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  const whole = { blog_id: "", ...row };
  const names = Object.keys(whole);
  await tables.run(
    `INSERT INTO p_client_api_${table} (${names.join(", ")}) VALUES (${marks(names.length)})`,
    Object.values(whole),
  );
}

/** Writes a row unless one with its key is there already: two devices at once. */
export async function keepRow(
  context: Pick<Context, "tables">,
  table: string,
  row: Readonly<Record<string, string | number | null>>,
  isThere: () => Promise<boolean>,
): Promise<void> {
  try {
    if (!(await isThere())) await insertRow(context, table, row);
  } catch (error) {
    if (!(await isThere())) throw error;
  }
}

/** Work that no other request does with the same row meanwhile: who comes second waits, and finds what was made of it. */
export function aloneWith<T>({ tables }: Pick<Context, "tables">, table: string, id: string, work: () => Promise<T>): Promise<T> {
  return tables.write(async () => {
    // It changes nothing, and holds the row on both databases; the first reading after it sees what others left.
    await tables.run(`UPDATE p_client_api_${table} SET blog_id = blog_id WHERE id = ?`, [id]);
    return work();
  });
}
