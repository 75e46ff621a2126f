import { stamp } from "../../clock.ts";
import { insert } from "../../storage/rows.ts";
import type { Storage, Transaction } from "../../storage/storage.ts";
import { eraseSecrets, openSecret, sealSecret, type SecretBox } from "../secret-box.ts";
import { bareCode, makeRecoveryCodes, useRecoveryCode } from "./recovery-codes.ts";
import { newTotpSecret, totpStep } from "./totp.ts";

const place = (accountId: string): string => `account/${accountId}/totp`;
const draftPlace = (accountId: string): string => `account/${accountId}/totp-new`;

/** Since when somebody is asked for a code; null when they are not. */
export async function secondFactorSince(storage: Pick<Storage, "query">, accountId: string): Promise<string | null> {
  const rows = await storage.query("SELECT created_at FROM second_factors WHERE account_id = ?", [accountId]);
  return rows[0] ? String(rows[0].created_at) : null;
}

/** Makes a secret that counts only when a code made from it was seen; an unfinished one is replaced. */
export async function draftSecondFactor(db: Transaction, box: SecretBox, accountId: string, now: Date): Promise<void> {
  await sealSecret(db, box, { place: draftPlace(accountId), value: newTotpSecret() }, now);
}

/** The secret that is being set up, for its QR code; null when none is. */
export function draftSecret(storage: Storage, box: SecretBox, accountId: string): Promise<string | null> {
  return openSecret(storage, box, draftPlace(accountId));
}

/** Switches the second step on when the code is the drafted secret's; gives 10 recovery codes, or null for a wrong code. */
export async function switchOnSecondFactor(
  db: Transaction,
  box: SecretBox,
  proof: { accountId: string; code: string },
  now: Date,
): Promise<string[] | null> {
  const { accountId } = proof;
  const secret = await openSecret(db, box, draftPlace(accountId));
  const step = secret === null ? null : totpStep(secret, bareCode(proof.code), now);
  if (secret === null || step === null) return null;
  await sealSecret(db, box, { place: place(accountId), value: secret }, now);
  await db.run("DELETE FROM secrets WHERE place = ?", [draftPlace(accountId)]);
  await db.run("DELETE FROM second_factors WHERE account_id = ?", [accountId]);
  await insert(db, "second_factors", [{ account_id: accountId, last_step: step, created_at: stamp(now) }]);
  return makeRecoveryCodes(db, accountId, now);
}

/** Switches it off: secret, codes and all; false when it was off. */
export async function switchOffSecondFactor(db: Transaction, accountId: string): Promise<boolean> {
  await eraseSecrets(db, place(accountId));
  await db.run("DELETE FROM recovery_codes WHERE account_id = ?", [accountId]);
  return (await db.run("DELETE FROM second_factors WHERE account_id = ?", [accountId])) > 0;
}

/** Uses a code up, of the app or one for recovery: says which it was, or null when it is wrong or was used before. */
export async function useSecondFactor(
  db: Transaction,
  box: SecretBox,
  proof: { accountId: string; code: string },
  now: Date,
): Promise<"app" | "recovery" | null> {
  const { accountId } = proof;
  const code = bareCode(proof.code);
  if (code.length !== 6) return (await useRecoveryCode(db, accountId, code)) ? "recovery" : null;
  const secret = await openSecret(db, box, place(accountId));
  const step = secret === null ? null : totpStep(secret, code, now);
  if (step === null) return null;
  // Of two that bring the same code at once, one gets in.
  const sql = "UPDATE second_factors SET last_step = ? WHERE account_id = ? AND last_step < ?";
  return (await db.run(sql, [step, accountId, step])) > 0 ? "app" : null;
}
