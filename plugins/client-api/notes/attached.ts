import { marks } from "../numbered.ts";
import type { Own } from "../settings.ts";

const longest = 2_000;

/** What somebody noted of posts, by the numbers of these; of several notes the last. What an app encrypted only apps can read. */
export async function notesAttached(
  { tables }: Pick<Own, "tables">,
  accountId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await tables.query<{ post_number: number; body: string }>(
    `SELECT post_number, body FROM p_client_api_notes
     WHERE account_id = ? AND post_number IN (${marks(numbers.length)}) AND is_encrypted = 0 ORDER BY updated_at, number LIMIT 500`,
    [accountId, ...numbers],
  );
  return new Map(rows.map(({ post_number: number, body }) => [Number(number), String(body).slice(0, longest).toWellFormed()]));
}
