import { update } from "../storage/rows.ts";
import type { Storage } from "../storage/storage.ts";
import { forgiveAttempts, takeAttempt } from "./attempts.ts";
import { audit } from "./audit.ts";
import { networkOf } from "./network-of.ts";
import { checkPassword, hashPassword } from "./passwords.ts";
import { personColumns, personFrom, type Person } from "./person.ts";
import { startSession, type Visitor } from "./sessions.ts";
import { tokenHash } from "./token-hash.ts";

/** Who wants in: a username or an e-mail address, a password, and where from. */
export type SignInAttempt = Visitor & { readonly name: string; readonly password: string };

/** A session, or one of two refusals: the pair is wrong (never said which), or it was tried too often. */
export type SignIn =
  | { readonly ok: true; readonly account: Person; readonly cookie: string }
  | { readonly ok: false; readonly reason: "wrong" }
  | { readonly ok: false; readonly reason: "too-many"; readonly retryAfter: number };

/**
 * Signs somebody in with a new session. 10 tries per name and 30 per address in 15 minutes, counted before the password is
 * looked at. An unknown name, a wrong password and a suspended account give the same answer after the same time.
 */
export async function signIn(storage: Storage, attempt: SignInAttempt, now: Date): Promise<SignIn> {
  const name = attempt.name.trim().toLowerCase().slice(0, 254);
  const accountKey = `sign-in account ${name}`;
  const retryAfter = await storage.write((db) =>
    takeAttempt(
      db,
      {
        [accountKey]: { size: 10, seconds: 900 },
        [`sign-in address ${networkOf(attempt.address)}`]: { size: 30, seconds: 900 },
      },
      now,
    ),
  );
  if (retryAfter > 0) return { ok: false, reason: "too-many", retryAfter };

  const rows = await storage.query(
    `SELECT ${personColumns}, a.password_hash FROM accounts a WHERE ${name.includes("@") ? "a.email" : "a.username"} = ?`,
    [name],
  );
  const stored = rows[0]?.password_hash;
  const check = await checkPassword(typeof stored === "string" ? stored : null, attempt.password);
  const account = rows[0] && personFrom(rows[0]);
  if (!account || !check.isRight || account.state !== "active") {
    await storage.write((db) =>
      audit(db, { action: "sign-in.failed", subject: tokenHash(name).slice(0, 12), ...from(attempt) }, now),
    );
    return { ok: false, reason: "wrong" };
  }
  // An old password that would be refused today keeps its old hash: signing in must not fail for it.
  const fresh = check.isStale ? await hashPassword(attempt.password).catch(() => null) : null;
  const { cookie } = await storage.write(async (db) => {
    if (fresh) await update(db, "accounts", { password_hash: fresh }, { id: account.id });
    await forgiveAttempts(db, accountKey);
    await audit(db, { action: "sign-in", accountId: account.id, subject: account.username, ...from(attempt) }, now);
    return startSession(db, account.id, attempt, now);
  });
  return { ok: true, account, cookie };
}

const from = ({ address }: Visitor) => ({ via: "web", address });
