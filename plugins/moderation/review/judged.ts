import { idOf, insertOnce, nowOf, type Value } from "../rows.ts";
import type { Own } from "../settings.ts";
import type { Utterance } from "./people.ts";

/** What became of something that somebody said. */
export type Judged = {
  readonly state: "passed" | "held" | "limited" | "released" | "refused";
  /** Why it is held, or would be without the limit. */
  readonly why: readonly string[];
  /** See `saidHash`. */
  readonly textHash: string;
};

/** What is kept of something that was judged, as moderators read it. */
export type Kept = Judged & Omit<Utterance, "html"> & { readonly id: string; readonly excerpt: string; readonly at: string };

type Row = Record<string, string>;
const columns = "id, key_hash, account_id, kind, place_id, url, excerpt, text_hash, why, state, at";

/** What became of a thing when it was judged last; null when it never was. */
export async function judgedBefore({ tables }: Pick<Own, "tables">, key: string): Promise<Kept | null> {
  const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_moderation_judged WHERE key_hash = ?`, [key]);
  return row ? keptFrom(row) : null;
}

/** What was judged, the oldest first. `where` is SQL with question marks. */
export async function judgedWhere(
  { tables }: Pick<Own, "tables">,
  where: string,
  values: readonly Value[],
  limit = 100,
): Promise<readonly Kept[]> {
  const sql = `SELECT ${columns} FROM p_moderation_judged WHERE ${where} ORDER BY id LIMIT ${limit}`;
  return (await tables.query<Row>(sql, values)).map(keptFrom);
}

/** Writes down what became of a thing, the first time or after a change. */
export async function keepJudged(
  context: Own,
  said: Utterance,
  before: Kept | null,
  now: Judged & { readonly excerpt: string },
): Promise<void> {
  const fields = { excerpt: now.excerpt, text_hash: now.textHash, why: now.why.join(" "), state: now.state, at: nowOf(context) };
  if (before) {
    const names = Object.keys(fields);
    const sql = `UPDATE p_moderation_judged SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE id = ?`;
    return void (await context.tables.run(sql, [...Object.values(fields), before.id]));
  }
  const row = { id: idOf(context), key_hash: said.key, account_id: said.accountId, kind: said.kind, place_id: said.placeId };
  const url = said.url.slice(0, 2_048).toWellFormed();
  await insertOnce(context, "judged", { ...row, url, ...fields }, "key_hash");
}

/** Sets what became of a thing that still stands as it was read; false when somebody was quicker, or its author changed it. */
export async function settleJudged(
  { tables }: Own,
  { id, state, at }: Kept,
  now: Pick<Judged, "state" | "why">,
): Promise<boolean> {
  const sql = "UPDATE p_moderation_judged SET state = ?, why = ? WHERE id = ? AND state = ? AND at = ?";
  return (await tables.run(sql, [now.state, now.why.join(" "), id, state, at])) > 0;
}

/** Whether a reply of somebody was judged where it stands and went out. */
export async function wentOut({ tables }: Own, accountId: string, url: string): Promise<boolean> {
  const sql =
    "SELECT id FROM p_moderation_judged WHERE account_id = ? AND state IN ('passed', 'released') AND kind = 'reply' AND url = ? LIMIT 1";
  return (await tables.query(sql, [accountId, url])).length > 0;
}

const keptFrom = (row: Row): Kept => ({
  id: row.id!,
  key: row.key_hash!,
  accountId: row.account_id!,
  kind: row.kind as Kept["kind"],
  placeId: row.place_id!,
  url: row.url!,
  excerpt: row.excerpt!,
  textHash: row.text_hash!,
  why: row.why!.split(" ").filter(Boolean),
  state: row.state as Kept["state"],
  at: row.at!,
});
