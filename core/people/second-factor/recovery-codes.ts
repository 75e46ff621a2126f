import { randomBytes } from "node:crypto";
import { stamp } from "../../clock.ts";
import { insert } from "../../storage/rows.ts";
import type { Storage, Transaction } from "../../storage/storage.ts";
import { tokenHash } from "../token-hash.ts";

const letters = "abcdefghjkmnpqrstvwxyz0123456789";

/** Makes 10 codes in place of older ones; they are shown once, here. Each has 80 bits, so that a plain hash keeps it. */
export async function makeRecoveryCodes(db: Transaction, accountId: string, now: Date): Promise<string[]> {
  await db.run("DELETE FROM recovery_codes WHERE account_id = ?", [accountId]);
  const codes = Array.from({ length: 10 }, newCode);
  const rows = codes.map((code) => ({
    code_hash: hashOf(accountId, bareCode(code)),
    account_id: accountId,
    created_at: stamp(now),
  }));
  await insert(db, "recovery_codes", rows);
  return codes;
}

/** Uses a code up; false when it is none of theirs, or was used. */
export async function useRecoveryCode(db: Transaction, accountId: string, code: string): Promise<boolean> {
  const values = [hashOf(accountId, bareCode(code)), accountId];
  return (await db.run("DELETE FROM recovery_codes WHERE code_hash = ? AND account_id = ?", values)) > 0;
}

/** How many codes somebody has left. */
export async function recoveryCodesLeft(storage: Storage, accountId: string): Promise<number> {
  return (await storage.query("SELECT code_hash FROM recovery_codes WHERE account_id = ?", [accountId])).length;
}

/** A code as it is compared: small letters and digits; what people write between them does not count. */
export function bareCode(typed: string): string {
  return typed
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}

function newCode(): string {
  const code = [...randomBytes(16)].map((byte) => letters[byte & 31]!).join("");
  return code.replace(/.{4}(?=.)/g, "$&-");
}

const hashOf = (accountId: string, code: string): string => tokenHash(`recovery ${accountId} ${code}`);
