import type { Own } from "./settings.ts";

const [keptRead, keptUnread, handful] = [90, 365, 500];

/** Removes what was read 90 days ago, what was not within a year, and all of those who left for good. */
export async function upkeep(context: Own): Promise<void> {
  const { tables, clock } = context;
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 86_400_000).toISOString();
  await tables.run("DELETE FROM p_notifications_notices WHERE at < ? AND read_at IS NOT NULL", [daysAgo(keptRead)]);
  await tables.run("DELETE FROM p_notifications_notices WHERE at < ?", [daysAgo(keptUnread)]);
  for (const table of ["notices", "choices"]) await removeLeavers(context, table);
}

/** Removes all that somebody was told and chose. */
export async function eraseAccount({ tables }: Own, accountId: string): Promise<void> {
  for (const table of ["notices", "choices"])
    await tables.run(`DELETE FROM p_notifications_${table} WHERE account_id = ?`, [accountId]);
}

async function removeLeavers(context: Own, table: string): Promise<void> {
  const { tables, accounts, signal } = context;
  for (let after = ""; ;) {
    signal.throwIfAborted();
    const found = await tables.query<{ account_id: string }>(
      `SELECT DISTINCT account_id FROM p_notifications_${table} WHERE account_id > ? ORDER BY account_id LIMIT ${handful}`,
      [after],
    );
    for (const { account_id: id } of found) if (!(await accounts.byId(id))) await eraseAccount(context, id);
    const last = found.at(-1)?.account_id;
    if (last === undefined || found.length < handful) return;
    after = last;
  }
}
