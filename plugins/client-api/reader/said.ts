import { marks } from "../numbered.ts";
import type { Own } from "../settings.ts";

/** What can be said of an entry. */
export type Word = "read" | "star";

/** Who says what of which entries. */
export type Saying = {
  readonly accountId: string;
  readonly word: Word;
  readonly numbers: readonly number[];
  readonly isSo: boolean;
};

const [batch, most] = [200, 10_000];
const keptDays = 31;
const day = 86_400_000;

/** Of which entries somebody said this, the last said first. */
export async function saidOf({ tables }: Own, accountId: string, word: Word, isSo: boolean): Promise<readonly number[]> {
  const sql = `SELECT number FROM p_client_api_entries WHERE account_id = ? AND kind = ? AND is_so = ? ORDER BY said_at DESC, number DESC LIMIT ${most}`;
  return (await tables.query<{ number: number }>(sql, [accountId, word, isSo ? 1 : 0])).map(({ number }) => number);
}

/** Says it of entries. Repeated, it changes nothing. */
export async function say(context: Own, { numbers, ...saying }: Saying): Promise<void> {
  for (let at = 0; at < numbers.length; at += batch) await sayOf(context, { ...saying, numbers: numbers.slice(at, at + batch) });
}

/** Takes back what was said of entries. */
export async function unsay({ tables }: Own, accountId: string, word: Word, numbers: readonly number[]): Promise<void> {
  for (let at = 0; at < numbers.length; at += batch) {
    const some = numbers.slice(at, at + batch);
    await tables.run(`DELETE FROM p_client_api_entries WHERE account_id = ? AND kind = ? AND number IN (${marks(some.length)})`, [
      accountId,
      word,
      ...some,
    ]);
  }
}

/** Forgets that entries were read which are too old to be shown as unread. */
export async function forgetRead({ tables, clock }: Own): Promise<void> {
  const until = new Date(clock.now().getTime() - keptDays * day).toISOString();
  await tables.run("DELETE FROM p_client_api_entries WHERE kind = 'read' AND is_so = 1 AND said_at < ?", [until]);
}

async function sayOf({ tables, clock }: Own, { accountId, word, numbers: some, isSo }: Saying): Promise<void> {
  const [now, value] = [clock.now().toISOString(), isSo ? 1 : 0];
  const where = `account_id = ? AND kind = ? AND number IN (${marks(some.length)})`;
  for (let attempt = 1; ; attempt++) {
    const rows = await tables.query<{ number: number }>(`SELECT number FROM p_client_api_entries WHERE ${where}`, [
      accountId,
      word,
      ...some,
    ]);
    const known = new Set(rows.map(({ number }) => number));
    const fresh = some.filter((number) => !known.has(number));
    if (known.size > 0)
      await tables.run(`UPDATE p_client_api_entries SET is_so = ?, said_at = ? WHERE ${where}`, [
        value,
        now,
        accountId,
        word,
        ...some,
      ]);
    if (fresh.length === 0) return;
    try {
      await tables.run(
        `INSERT INTO p_client_api_entries (account_id, kind, number, blog_id, is_so, said_at) VALUES ${fresh.map(() => "(?, ?, ?, '', ?, ?)").join(", ")}`,
        fresh.flatMap((number) => [accountId, word, number, value, now]),
      );
      return;
    } catch (error) {
      // Another device said the same in between: then there is less to write.
      if (attempt === 3) throw error;
    }
  }
}
