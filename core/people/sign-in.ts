import { update } from "../storage/rows.ts";
import type { Storage } from "../storage/storage.ts";
import { forgiveAttempts, takeAttempt } from "./attempts.ts";
import { audit } from "./audit.ts";
import { enter } from "./enter.ts";
import { networkOf } from "./network-of.ts";
import { createLink } from "./one-time-links.ts";
import { checkPassword, hashPassword } from "./passwords.ts";
import { personColumns, personFrom, type Person } from "./person.ts";
import type { Visitor } from "./sessions.ts";
import { tokenHash } from "./token-hash.ts";

/** Who wants in: a username or an e-mail address, a password, and where from. */
export type SignInAttempt = Visitor & { readonly name: string; readonly password: string };

/** A session; or the code is missing; or a refusal: the pair is wrong (never said which), the account is deleted and can be called back, it is suspended, or it was tried too often. */
export type SignIn =
  | { readonly ok: true; readonly account: Person; readonly cookie: string }
  | { readonly ok: false; readonly reason: "code"; readonly halfway: string }
  | { readonly ok: false; readonly reason: "wrong" }
  | { readonly ok: false; readonly reason: "deleted"; readonly recall: string }
  | { readonly ok: false; readonly reason: "suspended"; readonly accountId: string }
  | { readonly ok: false; readonly reason: "too-many"; readonly retryAfter: number };

/**
 * Signs somebody in with a new session. 10 tries per name and 30 per address in 15 minutes, counted before the password is
 * looked at. An unknown name and a wrong password give the same answer after the same time; that an account is suspended or deleted is said to who
 * knows its password. Whoever has a
 * second step is asked for it next (`passSecondFactor`).
 */
export async function signIn(storage: Storage, attempt: SignInAttempt, now: Date): Promise<SignIn> {
  const name = attempt.name.trim().toLowerCase().slice(0, 254);
  const accountKey = `sign-in account ${name}`;
  const buckets = { [accountKey]: { size: 10, seconds: 900 }, ...addressBucket(attempt.address) };
  const retryAfter = await storage.write((db) => takeAttempt(db, buckets, now));
  if (retryAfter > 0) return { ok: false, reason: "too-many", retryAfter };

  const rows = await storage.query(
    `SELECT ${personColumns}, a.password_hash FROM accounts a WHERE ${name.includes("@") ? "a.email" : "a.username"} = ?`,
    [name],
  );
  const stored = rows[0]?.password_hash;
  const check = await checkPassword(typeof stored === "string" ? stored : null, attempt.password);
  const account = rows[0] && personFrom(rows[0]);
  // Only calls the account back; signing in follows, with all its steps.
  if (account?.state === "deleted" && check.isRight) {
    const recall = await storage.write((db) => createLink(db, { purpose: "recall", subject: account.id, seconds: 900 }, now));
    return { ok: false, reason: "deleted", recall };
  }
  if (!account || !check.isRight || account.state !== "active") {
    const failed = { action: "sign-in.failed", subject: tokenHash(name).slice(0, 12), via: "web", address: attempt.address };
    await storage.write((db) => audit(db, failed, now));
    return check.isRight && account ? { ok: false, reason: "suspended", accountId: account.id } : { ok: false, reason: "wrong" };
  }
  // An old password that would be refused today keeps its old hash: signing in must not fail for it.
  const fresh = check.isStale ? await hashPassword(attempt.password).catch(() => null) : null;
  const entered = await storage.write(async (db) => {
    if (fresh) await update(db, "accounts", { password_hash: fresh }, { id: account.id });
    await forgiveAttempts(db, accountKey);
    return enter(db, account, { ...attempt, by: "password" }, now);
  });
  return "cookie" in entered
    ? { ok: true, account, cookie: entered.cookie }
    : { ok: false, reason: "code", halfway: entered.halfway };
}

/** How often one address may try to get in, by whatever road. */
export function addressBucket(address: string): Record<string, { size: number; seconds: number }> {
  return { [`sign-in address ${networkOf(address)}`]: { size: 30, seconds: 900 } };
}
