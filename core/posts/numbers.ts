import { insert, marks } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";

/** A row that has a number, and the blog it goes with when that is erased. */
export type Numbered = { readonly id: string; readonly blogId: string };

/** Gives rows their numbers, in the caller's transaction and in the order of the list; those that have one keep it. By id. */
export async function giveNumbers(db: Transaction, subjects: readonly Numbered[]): Promise<ReadonlyMap<string, number>> {
  const rows = subjects.map(({ id, blogId }) => ({ subject_id: id, blog_id: blogId }));
  // New rows have none yet, so the database hands out numbers without anybody waiting for another's transaction to end.
  await insert(db, "numbers", rows, { ignore: true });
  const ids = subjects.map(({ id }) => id);
  const seen = await numbersOf(db, ids);
  const unseen = ids.filter((id) => !seen.has(id));
  if (unseen.length === 0) return seen;
  // On MariaDB a number given meanwhile by another transaction is beyond this one's view, but not beyond its locks.
  return new Map([...seen, ...(await numbersOf(db, unseen, db.dialect === "mysql" ? " LOCK IN SHARE MODE" : ""))]);
}

/** The numbers of rows by their ids; those without one are left out. */
export async function numbersOf(
  db: Pick<Storage, "query">,
  ids: readonly string[],
  lock = "",
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500).filter((id) => /^[0-9A-Z]{1,26}$/.test(id));
    if (some.length === 0) continue;
    const sql = `SELECT number, subject_id FROM numbers WHERE subject_id IN (${marks(some.length)})${lock}`;
    for (const row of await db.query(sql, some)) found.set(String(row.subject_id), Number(row.number));
  }
  return found;
}

/** Whose number it is; null when nobody has it (any more). */
export async function subjectOf(storage: Storage, number: number): Promise<Numbered | null> {
  if (!Number.isInteger(number) || number < 1 || number > 2_147_483_647) return null;
  const [row] = await storage.query("SELECT subject_id, blog_id FROM numbers WHERE number = ?", [number]);
  return row ? { id: String(row.subject_id), blogId: String(row.blog_id) } : null;
}

/** Takes the numbers of posts and their replies away, before the rows go; nobody gets them again. */
export async function forgetNumbers(db: Transaction, postIds: readonly string[]): Promise<void> {
  const list = marks(postIds.length);
  await db.run(`DELETE FROM numbers WHERE subject_id IN (SELECT i.id FROM interactions i WHERE i.post_id IN (${list}))`, postIds);
  await db.run(`DELETE FROM numbers WHERE subject_id IN (${list})`, postIds);
}
