import { removeSource, sourcesOf } from "./owners.ts";
import type { Own } from "./rows.ts";

/** Ends all sources of people who were erased; posts they copied go with their blogs. */
export async function upkeep(context: Own): Promise<void> {
  for (let after = ""; ;) {
    context.signal.throwIfAborted();
    const [next] = await context.tables.query<{ account_id: string }>(
      "SELECT account_id FROM p_sources_owners WHERE account_id > ? ORDER BY account_id LIMIT 1",
      [after],
    );
    if (!next) return;
    after = next.account_id;
    if (await context.accounts.byId(after)) continue;
    await eraseAccount(context, after);
  }
}

/** Ends all sources of somebody. */
export async function eraseAccount(context: Own, accountId: string): Promise<void> {
  for (const mine of await sourcesOf(context, accountId)) await removeSource(context, mine);
  // What a crash left of a source whose feed is gone.
  await context.tables.run("DELETE FROM p_sources_owners WHERE account_id = ?", [accountId]);
}
