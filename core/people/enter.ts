import type { Transaction } from "../storage/storage.ts";
import { audit } from "./audit.ts";
import { createLink } from "./one-time-links.ts";
import { passkeysOf } from "./passkeys/passkeys.ts";
import type { Person } from "./person.ts";
import { secondFactorSince } from "./second-factor/second-factor.ts";
import { startSession, type Visitor } from "./sessions.ts";

/** How somebody proved who they are. */
export type Proof = "password" | "link" | "passkey" | "identity";

/** A session's cookie, or the word that only opens the question for a code. */
export type Entered = { readonly cookie: string } | { readonly halfway: string };

/** How long a right password waits for its code. */
export const halfwaySeconds = 600;

/**
 * What follows a proof: a session under a new id, or, when the account asks for a second step, the question for it. A passkey
 * is two steps in itself (it is on the device, and the device asks who holds it). A mailed link, or an identity elsewhere, begins a
 * session that still has to prove itself for sensitive changes.
 */
export async function enter(
  db: Transaction,
  account: Person,
  visitor: Visitor & { readonly by: Proof },
  now: Date,
): Promise<Entered> {
  const { by } = visitor;
  if (by !== "passkey" && (await secondFactorSince(db, account.id)) !== null) {
    const link = { purpose: "second-factor", subject: account.id, data: { by }, seconds: halfwaySeconds } as const;
    return { halfway: await createLink(db, link, now) };
  }
  return { cookie: await begin(db, account, visitor, now) };
}

/** Begins the session of somebody who proved all that was asked. */
export async function begin(
  db: Transaction,
  account: Person,
  visitor: Visitor & { readonly by: Proof },
  now: Date,
): Promise<string> {
  const { by, address } = visitor;
  const entry = { action: "sign-in", accountId: account.id, subject: account.username, detail: { by }, via: "web", address };
  await audit(db, entry, now);
  const isConfirmed = (by !== "link" && by !== "identity") || !(await hasOtherProof(db, account.id));
  return (await startSession(db, account.id, { ...visitor, isConfirmed }, now)).cookie;
}

// Whoever has neither password nor passkey can prove nothing else than that the mail or the site is theirs.
async function hasOtherProof(db: Transaction, accountId: string): Promise<boolean> {
  const rows = await db.query("SELECT password_hash FROM accounts WHERE id = ?", [accountId]);
  return rows[0]?.password_hash != null || (await passkeysOf(db, accountId)).length > 0;
}
