import type { Own } from "./own.ts";

/** Whether somebody wants their replies on their own blog too. */
export async function wantsCopies({ tables }: Own, accountId: string): Promise<boolean> {
  const [row] = await tables.query("SELECT copies FROM p_replies_choices WHERE account_id = ?", [accountId]);
  return Number(row?.copies ?? 0) === 1;
}

/** Keeps that choice. */
export async function setCopies({ tables }: Own, accountId: string, wanted: boolean): Promise<void> {
  await tables.run("DELETE FROM p_replies_choices WHERE account_id = ?", [accountId]);
  if (wanted) await tables.run("INSERT INTO p_replies_choices (account_id, blog_id, copies) VALUES (?, '', 1)", [accountId]);
}
