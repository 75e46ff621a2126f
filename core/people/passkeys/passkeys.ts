import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { ulid } from "../../ids.ts";
import { insert, update } from "../../storage/rows.ts";
import type { Row, Storage, Transaction } from "../../storage/storage.ts";
import { tokenHash } from "../token-hash.ts";

/** A passkey's public half. */
export type Passkey = {
  readonly id: string;
  readonly accountId: string;
  readonly credentialId: string;
  /** COSE key in base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  /** Kept by a password manager on several devices, not by one device alone. */
  readonly isSynced: boolean;
  readonly createdAt: string;
  readonly usedAt: string | null;
};

/** A passkey as the browser just made it. */
export type NewPasskey = Pick<
  Passkey,
  "accountId" | "credentialId" | "publicKey" | "counter" | "transports" | "name" | "isSynced"
>;

const most = 20;
const columns = "id, account_id, credential_id, public_key, counter, transports, name, is_synced, created_at, used_at";

/** Somebody's passkeys, the oldest first. */
export async function passkeysOf(storage: Pick<Storage, "query">, accountId: string): Promise<readonly Passkey[]> {
  const sql = `SELECT ${columns} FROM passkeys WHERE account_id = ? ORDER BY created_at, id LIMIT 100`;
  return (await storage.query(sql, [accountId])).map(passkeyFrom);
}

/** The passkey of a credential; null when nobody has it. */
export async function passkeyByCredential(storage: Pick<Storage, "query">, credentialId: string): Promise<Passkey | null> {
  const sql = `SELECT ${columns} FROM passkeys WHERE credential_hash = ?`;
  const rows = await storage.query(sql, [tokenHash(credentialId)]);
  return rows[0] ? passkeyFrom(rows[0]) : null;
}

/** Keeps a passkey. PublicError 409 when somebody has it already, or the person has 20. */
export async function addPasskey(db: Transaction, passkey: NewPasskey, now: Date): Promise<string> {
  if ((await passkeysOf(db, passkey.accountId)).length >= most)
    throw new PublicError("passkey.many", `${most} passkeys are the most; remove one first.`, 409, { most });
  const id = ulid(now.getTime());
  const row = {
    id,
    account_id: passkey.accountId,
    credential_hash: tokenHash(passkey.credentialId),
    credential_id: passkey.credentialId,
    public_key: passkey.publicKey,
    counter: passkey.counter,
    transports: passkey.transports.join(" ").slice(0, 200),
    name: passkey.name.trim().slice(0, 200) || "Passkey",
    is_synced: passkey.isSynced,
    created_at: stamp(now),
    used_at: null,
  };
  if ((await insert(db, "passkeys", [row], { ignore: true })) === 0)
    throw new PublicError("passkey.known", "This passkey is here already.", 409);
  return id;
}

/** Notes a use; false when another use with this count or a later one came first (a copied key, or a replay). */
export async function notePasskeyUse(db: Transaction, passkey: Passkey, counter: number, now: Date): Promise<boolean> {
  const sql = "UPDATE passkeys SET counter = ?, used_at = ? WHERE id = ? AND (counter < ? OR (counter = 0 AND ? = 0))";
  return (await db.run(sql, [counter, stamp(now), passkey.id, counter, counter])) > 0;
}

/** Gives one of somebody's passkeys another name; false when it is not theirs. */
export async function renamePasskey(db: Transaction, accountId: string, id: string, name: string): Promise<boolean> {
  return (await update(db, "passkeys", { name: name.trim().slice(0, 200) || "Passkey" }, { id, account_id: accountId })) > 0;
}

/** Removes one of somebody's passkeys; gives its name, or null when it is not theirs. */
export async function removePasskey(db: Transaction, accountId: string, id: string): Promise<string | null> {
  const rows = await db.query("SELECT name FROM passkeys WHERE id = ? AND account_id = ?", [id, accountId]);
  if (!rows[0]) return null;
  await db.run("DELETE FROM passkeys WHERE id = ? AND account_id = ?", [id, accountId]);
  return String(rows[0].name);
}

function passkeyFrom(row: Row): Passkey {
  return {
    id: String(row.id),
    accountId: String(row.account_id),
    credentialId: String(row.credential_id),
    publicKey: String(row.public_key),
    counter: Number(row.counter),
    transports: String(row.transports).split(" ").filter(Boolean),
    name: String(row.name),
    isSynced: row.is_synced === 1,
    createdAt: String(row.created_at),
    usedAt: row.used_at === null ? null : String(row.used_at),
  };
}
