import { stamp } from "../clock.ts";
import { insert, update } from "../storage/rows.ts";
import type { Row, Storage, Transaction } from "../storage/storage.ts";
import { personColumns, personFrom, type Person } from "./person.ts";
import { secretToken, tokenHash } from "./token-hash.ts";

const idle = 14 * 24 * 3600_000;
const absolute = 90 * 24 * 3600_000;
const seenEvery = 10 * 60_000;

/** A signed-in browser, without the value of its cookie. */
export type Session = {
  readonly idHash: string;
  readonly accountId: string;
  readonly csrf: string;
  readonly userAgent: string;
  readonly address: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly expiresAt: string;
  /** When it last proved by password or passkey who it is; null: never (a mailed link). */
  readonly confirmedAt: string | null;
};

/** From where somebody signs in; `isConfirmed` is false when neither password nor passkey was asked for. */
export type Visitor = { readonly userAgent: string; readonly address: string; readonly isConfirmed?: boolean };

/** Begins a session with a new id; `cookie` is shown once, here. It ends after 14 days unused or 90 days in all. */
export async function startSession(
  db: Transaction,
  accountId: string,
  visitor: Visitor,
  now: Date,
): Promise<{ cookie: string; session: Session }> {
  const cookie = secretToken();
  const row = {
    id_hash: tokenHash(cookie),
    account_id: accountId,
    csrf: secretToken(),
    user_agent: visitor.userAgent.slice(0, 200),
    address: visitor.address.slice(0, 45),
    created_at: stamp(now),
    seen_at: stamp(now),
    expires_at: expiry(now, now),
    confirmed_at: visitor.isConfirmed === false ? null : stamp(now),
  };
  await insert(db, "sessions", [row]);
  return { cookie, session: sessionFrom({ ...row, began_at: row.created_at }) };
}

/** Who a session's cookie stands for; null when it is unknown, over, or the person is suspended. Using it keeps it alive. */
export async function sessionByCookie(
  storage: Storage,
  cookie: string,
  now: Date,
): Promise<{ account: Person; session: Session } | null> {
  if (!/^[\w-]{43}$/.test(cookie)) return null;
  const rows = await storage.query(
    `SELECT ${sessionColumns}, ${personColumns} FROM sessions s JOIN accounts a ON a.id = s.account_id
     WHERE s.id_hash = ? AND s.expires_at > ? AND a.state = 'active'`,
    [tokenHash(cookie), stamp(now)],
  );
  if (!rows[0]) return null;
  const session = sessionFrom(rows[0]);
  if (now.getTime() - Date.parse(session.seenAt) > seenEvery) {
    const set = { seen_at: stamp(now), expires_at: expiry(new Date(session.createdAt), now) };
    await storage.write((db) => update(db, "sessions", set, { id_hash: session.idHash }));
  }
  return { account: personFrom(rows[0]), session };
}

/** Somebody's sessions that still count, the latest used first; at most 100. */
export async function sessionsOf(storage: Storage, accountId: string, now: Date): Promise<readonly Session[]> {
  const rows = await storage.query(
    `SELECT ${sessionColumns} FROM sessions s WHERE s.account_id = ? AND s.expires_at > ? ORDER BY s.seen_at DESC LIMIT 100`,
    [accountId, stamp(now)],
  );
  return rows.map(sessionFrom);
}

/** Notes that a session proved anew who it is. */
export async function confirmSession(db: Transaction, idHash: string, now: Date): Promise<void> {
  await update(db, "sessions", { confirmed_at: stamp(now) }, { id_hash: idHash });
}

/** Whether a session proved within the last 10 minutes who it is (security.md S2). */
export function isFresh(session: Pick<Session, "confirmedAt">, now: Date): boolean {
  return session.confirmedAt !== null && now.getTime() - Date.parse(session.confirmedAt) < 10 * 60_000;
}

/** Gives a session another id, for when rights change: whoever else had its cookie is out. Its forms stay good. Null when it is over. */
export async function renewSession(db: Transaction, idHash: string): Promise<string | null> {
  const cookie = secretToken();
  return (await update(db, "sessions", { id_hash: tokenHash(cookie) }, { id_hash: idHash })) > 0 ? cookie : null;
}

/** Ends one of somebody's sessions; false when it is not theirs or over. */
export async function endSession(db: Transaction, accountId: string, idHash: string): Promise<boolean> {
  return (await db.run("DELETE FROM sessions WHERE account_id = ? AND id_hash = ?", [accountId, idHash])) > 0;
}

/** Ends all sessions of somebody but the one to keep (after a new password); null keeps none. Gives how many. */
export async function endOtherSessions(db: Transaction, accountId: string, keep: string | null): Promise<number> {
  return db.run("DELETE FROM sessions WHERE account_id = ? AND id_hash <> ?", [accountId, keep ?? ""]);
}

/** Removes sessions that are over. */
export async function sweepSessions(db: Transaction, now: Date): Promise<number> {
  return db.run("DELETE FROM sessions WHERE expires_at <= ?", [stamp(now)]);
}

const sessionColumns =
  "s.id_hash, s.account_id, s.csrf, s.user_agent, s.address, s.created_at AS began_at, s.seen_at, s.expires_at, s.confirmed_at";

function sessionFrom(row: Row): Session {
  return {
    idHash: String(row.id_hash),
    accountId: String(row.account_id),
    csrf: String(row.csrf),
    userAgent: String(row.user_agent),
    address: String(row.address),
    createdAt: String(row.began_at),
    seenAt: String(row.seen_at),
    expiresAt: String(row.expires_at),
    confirmedAt: row.confirmed_at === null || row.confirmed_at === undefined ? null : String(row.confirmed_at),
  };
}

function expiry(createdAt: Date, seenAt: Date): string {
  return stamp(new Date(Math.min(seenAt.getTime() + idle, createdAt.getTime() + absolute)));
}
