import type { Own } from "./own.ts";

/** Whether somebody wants their replies on their own blog too. */
export async function wantsCopies({ tables }: Own, accountId: string): Promise<boolean> {
  const [row] = await tables.query("SELECT copies FROM p_replies_choices WHERE account_id = ?", [accountId]);
  return Number(row?.copies ?? 0) === 1;
}

/** Keeps that choice. */
export async function setCopies({ tables }: Own, accountId: string, wanted: boolean): Promise<void> {
  const copies = wanted ? 1 : 0;
  const change = () => tables.run("UPDATE p_replies_choices SET copies = ? WHERE account_id = ?", [copies, accountId]);
  if ((await change()) > 0) return;
  // Two at once, or MariaDB, which counts no row where nothing changes: the one that is there is changed.
  await tables
    .run("INSERT INTO p_replies_choices (account_id, blog_id, copies) VALUES (?, '', ?)", [accountId, copies])
    .catch(change);
}
