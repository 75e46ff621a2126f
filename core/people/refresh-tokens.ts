import { stamp } from "../clock.ts";
import { insert, update } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { newTokenValue, revokeAppToken, type AppToken, appTokenById } from "./app-tokens.ts";
import { secretToken, tokenHash } from "./token-hash.ts";

/** What renewing gives: the key's new value (the old one is over) and the next refresh token; `reused` when the family is over. */
export type Renewal =
  | { readonly ok: true; readonly key: AppToken; readonly token: string; readonly refreshToken: string }
  | { readonly ok: false; readonly why: "unknown" | "client" | "scope" | "reused" };

/** How an app asks for a new value of its key. */
export type RenewalWish = {
  readonly refreshToken: string;
  readonly clientId: string;
  /** Narrower than what was granted, for this value of the key only; null for all of it. */
  readonly scopes: readonly string[] | null;
  /** How long the new value is good, in seconds; null for good, left out as long as the one before. */
  readonly seconds?: number | null | undefined;
};

// A client whose connection broke asks again with the token it has; later it is somebody who copied it (RFC 9700 §4.14).
const graceMilliseconds = 30_000;

/** Adds a refresh token to a key; `seconds` is how long it is good when nobody uses it. Only its hash is stored. */
export async function addRefreshToken(db: Transaction, key: { id: string; accountId: string }, seconds: number, now: Date) {
  const refreshToken = `rr_${secretToken()}`;
  const row = {
    token_hash: tokenHash(refreshToken),
    token_id: key.id,
    account_id: key.accountId,
    created_at: stamp(now),
    used_at: null,
    expires_at: stamp(new Date(now.getTime() + seconds * 1000)),
  };
  await insert(db, "refresh_tokens", [row]);
  return refreshToken;
}

/**
 * Renews a key once (RFC 6749 §6): it gets a new value, and the refresh token is replaced. Used a second time after half a minute
 * of grace, or after the one that replaced it, the whole family is taken back. A narrower scope holds for the new value only as far as the caller keeps to it.
 */
export async function renewAppToken(db: Transaction, wish: RenewalWish, now: Date): Promise<Renewal> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const [row] = await db.query(
    `SELECT token_id, account_id, created_at, used_at, expires_at FROM refresh_tokens WHERE token_hash = ?${lock}`,
    [tokenHash(wish.refreshToken)],
  );
  const key = row ? await appTokenById(db, String(row.token_id)) : null;
  if (!row || !key || Date.parse(String(row.expires_at)) <= now.getTime()) return { ok: false, why: "unknown" };
  if (key.clientId !== wish.clientId) return { ok: false, why: "client" };
  if (row.used_at !== null && (await isCopied(db, row, wish, now))) {
    await revokeAppToken(db, key.accountId, key.id, now);
    return { ok: false, why: "reused" };
  }
  const scopes = wish.scopes ?? key.scopes;
  if (scopes.length === 0 || scopes.some((scope) => !key.scopes.includes(scope))) return { ok: false, why: "scope" };
  const token = newTokenValue();
  const before =
    key.expiresAt === null ? null : (Date.parse(key.expiresAt) - Date.parse(String(row.used_at ?? row.created_at))) / 1000;
  const seconds = wish.seconds === undefined ? before : wish.seconds;
  const expiresAt = seconds === null ? null : stamp(new Date(now.getTime() + seconds * 1000));
  const narrowed = scopes.length < key.scopes.length ? scopes.join(" ") : null;
  await update(
    db,
    "app_tokens",
    { token_hash: tokenHash(token), expires_at: expiresAt, narrowed_scope: narrowed },
    { id: key.id },
  );
  if (row.used_at === null)
    await update(db, "refresh_tokens", { used_at: stamp(now) }, { token_hash: tokenHash(wish.refreshToken) });
  const lifetime = (Date.parse(String(row.expires_at)) - Date.parse(String(row.created_at))) / 1000;
  const refreshToken = await addRefreshToken(db, key, lifetime, now);
  return { ok: true, key: { ...key, scopes, expiresAt }, token, refreshToken };
}

// Whoever used what came of it has got the answer, so they have no reason to ask again.
async function isCopied(db: Transaction, row: Readonly<Record<string, unknown>>, { refreshToken }: RenewalWish, now: Date) {
  const used = String(row.used_at);
  if (now.getTime() - Date.parse(used) > graceMilliseconds) return true;
  const sql =
    "SELECT token_hash FROM refresh_tokens WHERE token_id = ? AND created_at >= ? AND used_at IS NOT NULL AND token_hash <> ? LIMIT 1";
  return (await db.query(sql, [String(row.token_id), used, tokenHash(refreshToken)])).length > 0;
}

/** The key that a refresh token renews; null for an unknown one. */
export async function keyOfRefreshToken(
  storage: Storage,
  refreshToken: string,
): Promise<{ id: string; accountId: string } | null> {
  const sql = "SELECT token_id, account_id FROM refresh_tokens WHERE token_hash = ?";
  const [row] = await storage.query(sql, [tokenHash(refreshToken)]);
  return row ? { id: String(row.token_id), accountId: String(row.account_id) } : null;
}

/** Forgets refresh tokens that are over. */
export async function sweepRefreshTokens(db: Transaction, now: Date): Promise<number> {
  return db.run("DELETE FROM refresh_tokens WHERE expires_at < ?", [stamp(now)]);
}
