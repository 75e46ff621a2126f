import { createHash } from "node:crypto";
import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { ulid } from "../../ids.ts";
import { insert } from "../../storage/rows.ts";
import type { Storage, Transaction } from "../../storage/storage.ts";

/** Who somebody is elsewhere, as a way of signing in proved it: a site of their own, an account with a provider. */
export type Identity = {
  readonly id: string;
  readonly accountId: string;
  /** Which way proved it: the plugin's id and its method. */
  readonly method: string;
  /** Its name, unique within the method. */
  readonly identity: string;
  readonly createdAt: string;
  readonly usedAt: string | null;
};

const most = 20;

/** The account's identities, in the order they were connected. */
export async function identitiesOf(storage: Pick<Storage, "query">, accountId: string): Promise<readonly Identity[]> {
  return (
    await storage.query(`SELECT ${columns} FROM identities WHERE account_id = ? ORDER BY id LIMIT ${most}`, [accountId])
  ).map(identityFrom);
}

/** Whose an identity is; null for nobody's. */
export async function identityBy(storage: Pick<Storage, "query">, method: string, identity: string): Promise<Identity | null> {
  const sql = `SELECT ${columns} FROM identities WHERE method = ? AND identity_hash = ?`;
  const [row] = await storage.query(sql, [method, hashOf(identity)]);
  return row ? identityFrom(row) : null;
}

/** Connects an identity with an account. PublicError 409 when it opens another account, 422 beyond 20. Connecting it again changes nothing. */
export async function addIdentity(
  db: Transaction,
  wanted: { readonly accountId: string; readonly method: string; readonly identity: string },
  now: Date,
): Promise<void> {
  const { accountId, method, identity } = wanted;
  const found = await identityBy(db, method, identity);
  if (found?.accountId === accountId) return;
  if (found) throw new PublicError("identity.taken", "This site signs somebody else in here already.", 409);
  if ((await identitiesOf(db, accountId)).length >= most)
    throw new PublicError("identity.too-many", "No more sites can be connected; disconnect one first.", 422);
  const row = { id: ulid(now.getTime()), account_id: accountId, method, identity, identity_hash: hashOf(identity) };
  await insert(db, "identities", [{ ...row, created_at: stamp(now), used_at: null }]);
}

/** Takes an identity away; gives what it was, or null when it was not theirs. */
export async function removeIdentity(db: Transaction, accountId: string, id: string): Promise<Identity | null> {
  const [row] = await db.query(`SELECT ${columns} FROM identities WHERE id = ? AND account_id = ?`, [id, accountId]);
  if (!row) return null;
  await db.run("DELETE FROM identities WHERE id = ?", [id]);
  return identityFrom(row);
}

/** Writes down that an identity signed somebody in. */
export async function noteIdentityUse(db: Transaction, id: string, now: Date): Promise<void> {
  await db.run("UPDATE identities SET used_at = ? WHERE id = ?", [stamp(now), id]);
}

const columns = "id, account_id, method, identity, created_at, used_at";

// Found by hash: an address may be longer than an index takes.
const hashOf = (identity: string): string => createHash("sha256").update(identity).digest("hex");

function identityFrom(row: Readonly<Record<string, string | number | null>>): Identity {
  return {
    id: String(row.id),
    accountId: String(row.account_id),
    method: String(row.method),
    identity: String(row.identity),
    createdAt: String(row.created_at),
    usedAt: row.used_at === null || row.used_at === undefined ? null : String(row.used_at),
  };
}
