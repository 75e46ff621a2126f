import { forgetAccount } from "./account/forget.ts";
import { closeOver, closeViews } from "./hybrid/views.ts";
import { forgetVersions } from "./notes/versions.ts";
import { forgetRead } from "./reader/said.ts";
import type { Own } from "./settings.ts";

/** What belongs to one person alone, besides the account's own. */
const owned = ["shelves", "books", "goals", "notebooks", "notes", "subscriptions", "entries", "highlights"] as const;

/** Once a day: lets go of what is over, and of everything of people who left for good. */
export async function upkeep(context: Own): Promise<void> {
  await forgetVersions(context);
  await forgetRead(context);
  await closeOver(context);
  for (const table of owned)
    for (let after = ""; ;) {
      context.signal.throwIfAborted();
      const [next] = await context.tables.query<{ account_id: string }>(
        `SELECT account_id FROM p_client_api_${table} WHERE account_id > ? ORDER BY account_id LIMIT 1`,
        [after],
      );
      if (!next) break;
      after = next.account_id;
      if (!(await context.accounts.byId(after))) await eraseAccount(context, after);
    }
}

/** Everything of somebody who left for good. */
export async function eraseAccount(context: Own, accountId: string): Promise<void> {
  await forgetAccount(context, accountId);
  await closeViews(context, accountId);
  for (const table of [...owned, "versions"])
    await context.tables.run(`DELETE FROM p_client_api_${table} WHERE account_id = ?`, [accountId]);
}
