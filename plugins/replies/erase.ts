import { drafts } from "./bounds.ts";
import type { Own } from "./own.ts";
import { dropOldUnsent, eraseUnsent } from "./unsent.ts";

const kept = ["replies", "drafts", "choices"] as const;

/** Erases what belongs to people who left for good, old drafts, and what nobody came back for. */
export async function upkeep(context: Own): Promise<void> {
  const { tables, clock, signal } = context;
  await dropOldUnsent(context);
  await tables.run("DELETE FROM p_replies_drafts WHERE updated_at < ?", [
    new Date(clock.now().getTime() - drafts.days * 86_400_000).toISOString(),
  ]);
  for (const table of kept)
    for (let after = ""; ;) {
      signal.throwIfAborted();
      const [next] = await tables.query<{ account_id: string }>(
        `SELECT account_id FROM p_replies_${table} WHERE account_id > ? ORDER BY account_id LIMIT 1`,
        [after],
      );
      if (!next) break;
      after = next.account_id;
      if (!(await context.accounts.byId(after))) await eraseAccount(context, after);
    }
}

/** Erases all that somebody wrote to others here. */
export async function eraseAccount(context: Own, accountId: string): Promise<void> {
  const { tables } = context;
  await eraseUnsent(context, accountId);
  for (const table of kept) await tables.run(`DELETE FROM p_replies_${table} WHERE account_id = ?`, [accountId]);
}
