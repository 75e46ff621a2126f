import type { Own } from "../settings.ts";

/** What is kept of somebody's apps goes when they leave; their apps send it again if they come back. */
export async function forgetAccount({ tables }: Own, accountId: string): Promise<void> {
  for (const table of ["links", "clocks", "summaries", "devices", "choices"])
    await tables.run(`DELETE FROM p_client_api_${table} WHERE account_id = ?`, [accountId]);
}
