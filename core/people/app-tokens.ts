import { randomBytes } from "node:crypto";
import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import { ulid } from "../ids.ts";
import { insert } from "../storage/rows.ts";
import type { Row, Storage, Transaction } from "../storage/storage.ts";
import { personColumns, personFrom, type Person } from "./person.ts";
import { tokenHash } from "./token-hash.ts";

/** What a key of an app may be allowed to do (security.md O6); `metrics` is for admins' monitoring. */
export const tokenScopes: readonly string[] =
  "create draft update delete undelete media profile email read follow mute block channels metrics".split(" ");

/** Scopes as they are kept: each once, the old word `post` as `create`. */
export function settledScopes(scopes: readonly string[]): string[] {
  return [...new Set(scopes.map((scope) => (scope === "post" ? "create" : scope)))];
}

/** A new value of a key: 80 random bits as 20 upper-case hex digits, the form that apps tell from a password (client-api.md §0). */
export const newTokenValue = (): string => randomBytes(10).toString("hex").toUpperCase();

/** A key that an app holds, without its value. */
export type AppToken = {
  readonly id: string;
  readonly accountId: string;
  readonly blogId: string | null;
  readonly name: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly usedAt: string | null;
  readonly expiresAt: string | null;
};

/** What a new key is for. */
export type NewAppToken = {
  readonly accountId: string;
  readonly blogId: string | null;
  readonly name: string;
  readonly clientId?: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Date | null;
};

/** Makes a key; `token` is shown once, here. PublicError 422 for a scope that there is none of, or none at all; 403 for one only admins give. */
export async function createAppToken(db: Transaction, wanted: NewAppToken, now: Date): Promise<{ token: string; id: string }> {
  const scopes = settledScopes(wanted.scopes);
  if (scopes.length === 0 || scopes.some((scope) => !tokenScopes.includes(scope)))
    throw new PublicError("token.scope", `Choose what the app may do: ${tokenScopes.join(", ")}.`, 422, {
      scopes: tokenScopes.join(", "),
    });
  if (scopes.includes("metrics") && !(await isAdmin(db, wanted.accountId)))
    throw new PublicError("token.metrics", "Only an admin can let an app read the installation's metrics.", 403);
  const token = newTokenValue();
  const id = ulid(now.getTime());
  const row = {
    id,
    token_hash: tokenHash(token),
    account_id: wanted.accountId,
    blog_id: wanted.blogId,
    name: wanted.name.trim().slice(0, 200) || "App",
    client_id: (wanted.clientId ?? "").slice(0, 500),
    scope: scopes.join(" "),
    created_at: stamp(now),
    used_at: null,
    expires_at: wanted.expiresAt ? stamp(wanted.expiresAt) : null,
    revoked_at: null,
  };
  await insert(db, "app_tokens", [row]);
  return { token, id };
}

/** Who a key stands for and what it may; null when it is unknown, revoked, over, or the person is suspended. Remembers the use by the minute. */
export async function appTokenOf(
  storage: Storage,
  token: string,
  now: Date,
): Promise<{ account: Person; token: AppToken } | null> {
  // Keys made before they were short go on.
  if (!/^([0-9A-F]{20}|rk_[\w-]{43})$/.test(token)) return null;
  const rows = await storage.query(
    `SELECT ${tokenColumns}, ${personColumns} FROM app_tokens t JOIN accounts a ON a.id = t.account_id
     WHERE t.token_hash = ? AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?) AND a.state = 'active'`,
    [tokenHash(token), stamp(now)],
  );
  if (!rows[0]) return null;
  const found = tokenFrom(rows[0]);
  if (found.usedAt === null || now.getTime() - Date.parse(found.usedAt) > 60_000)
    await storage.write((db) => db.run("UPDATE app_tokens SET used_at = ? WHERE id = ?", [stamp(now), found.id]));
  return { account: personFrom(rows[0]), token: found };
}

/** A key that was not taken back, whether its present value is over or not; null for none. */
export async function appTokenById(db: Transaction, id: string): Promise<AppToken | null> {
  const sql = `SELECT ${tokenColumns} FROM app_tokens t JOIN accounts a ON a.id = t.account_id WHERE t.id = ? AND t.revoked_at IS NULL AND a.state = 'active'`;
  const [row] = await db.query(sql, [id]);
  return row ? { ...tokenFrom(row), scopes: String(row.scope).split(" ") } : null;
}

/** A key by its value, to take it back; null for an unknown one. */
export async function keyOfAppToken(storage: Storage, token: string): Promise<{ id: string; accountId: string } | null> {
  const sql = "SELECT id, account_id FROM app_tokens WHERE token_hash = ? AND revoked_at IS NULL";
  const [row] = await storage.query(sql, [tokenHash(token)]);
  return row ? { id: String(row.id), accountId: String(row.account_id) } : null;
}

/** Somebody's keys that are not revoked, the newest first; at most 200. */
export async function appTokensOf(storage: Storage, accountId: string): Promise<readonly AppToken[]> {
  const rows = await storage.query(
    `SELECT ${tokenColumns} FROM app_tokens t WHERE t.account_id = ? AND t.revoked_at IS NULL ORDER BY t.created_at DESC, t.id DESC LIMIT 200`,
    [accountId],
  );
  return rows.map(tokenFrom);
}

/** Takes a key back; false when it is not theirs or was taken back already. */
export async function revokeAppToken(db: Transaction, accountId: string, id: string, now: Date): Promise<boolean> {
  const sql = "UPDATE app_tokens SET revoked_at = ? WHERE id = ? AND account_id = ? AND revoked_at IS NULL";
  return (await db.run(sql, [stamp(now), id, accountId])) > 0;
}

/** Takes all of somebody's keys back; gives how many. */
export async function revokeAppTokens(db: Transaction, accountId: string, now: Date): Promise<number> {
  return db.run("UPDATE app_tokens SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL", [stamp(now), accountId]);
}

async function isAdmin(db: Transaction, accountId: string): Promise<boolean> {
  return (await db.query("SELECT id FROM accounts WHERE id = ? AND role = 'admin'", [accountId])).length > 0;
}

/** The value in an Authorization header: `Bearer T`, `Token T` in any case, or T alone; null for another scheme or none. */
export function tokenIn(authorization: string | undefined): string | null {
  const found = /^(?:(?:bearer|token)\s+)?(\S+)$/i.exec((authorization ?? "").trim());
  return found && !/^(bearer|token)$/i.test(found[1]!) ? found[1]! : null;
}

const tokenColumns =
  "t.id AS token_id, t.account_id, t.blog_id, t.name AS token_name, t.client_id, t.scope, t.narrowed_scope, t.created_at AS made_at, t.used_at, t.expires_at";

function tokenFrom(row: Row): AppToken {
  const optional = (value: string | number | null | undefined) => (value === null || value === undefined ? null : String(value));
  return {
    id: String(row.token_id),
    accountId: String(row.account_id),
    blogId: optional(row.blog_id),
    name: String(row.token_name),
    clientId: String(row.client_id),
    scopes: String(row.narrowed_scope ?? row.scope).split(" "),
    createdAt: String(row.made_at),
    usedAt: optional(row.used_at),
    expiresAt: optional(row.expires_at),
  };
}
