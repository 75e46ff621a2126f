import type { Transaction } from "../storage/storage.ts";
import { forgetLinks } from "./one-time-links.ts";
import { switchOffSecondFactor } from "./second-factor/second-factor.ts";

/** Takes away everything by which an account gets in, for good: sessions, keys of apps, passkeys, second step, links. For erasing it. */
export async function eraseSignIn(db: Transaction, accountId: string): Promise<void> {
  await switchOffSecondFactor(db, accountId);
  for (const table of ["sessions", "app_tokens", "refresh_tokens", "passkeys", "identities"])
    await db.run(`DELETE FROM ${table} WHERE account_id = ?`, [accountId]);
  for (const purpose of ["reset", "sign-in", "email", "second-factor"] as const) await forgetLinks(db, purpose, accountId);
}
