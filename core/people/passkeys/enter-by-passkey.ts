import type { Transaction } from "../../storage/storage.ts";
import { personById } from "../accounts.ts";
import { takeAttempt } from "../attempts.ts";
import { audit } from "../audit.ts";
import { begin } from "../enter.ts";
import { addressBucket } from "../sign-in.ts";
import type { Visitor } from "../sessions.ts";
import { checkProof, type Answer, type CeremonyParts } from "./ceremony.ts";
import { notePasskeyUse, type Passkey } from "./passkeys.ts";

/** A session's cookie, or why not. */
export type ByPasskey =
  | { readonly ok: true; readonly cookie: string }
  | { readonly ok: false; readonly reason: "wrong" }
  | { readonly ok: false; readonly reason: "suspended"; readonly accountId: string }
  | { readonly ok: false; readonly reason: "too-many"; readonly retryAfter: number };

/** Signs somebody in by a passkey: it says who they are and is both steps in one. */
export async function enterByPasskey(
  parts: CeremonyParts,
  visitor: Visitor & { readonly binding: string },
  answer: Answer,
): Promise<ByPasskey> {
  const { storage, now } = parts;
  const retryAfter = await storage.write((db) => takeAttempt(db, addressBucket(visitor.address), now));
  if (retryAfter > 0) return { ok: false, reason: "too-many", retryAfter };
  const proof = await checkProof(parts, { purpose: "sign-in", binding: visitor.binding }, answer);
  const person = proof && (await personById(storage, proof.passkey.accountId));
  if (proof && person?.state === "suspended") return { ok: false, reason: "suspended", accountId: person.id };
  if (!proof || person?.state !== "active") return { ok: false, reason: "wrong" };
  const { userAgent, address } = visitor;
  const cookie = await storage.write(async (db) =>
    (await countUse(db, proof, { address, now })) ? begin(db, person, { userAgent, address, by: "passkey" }, now) : null,
  );
  return cookie === null ? { ok: false, reason: "wrong" } : { ok: true, cookie };
}

/** Shows once more who is signed in; false when the answer is not theirs. */
export async function confirmByPasskey(
  parts: CeremonyParts,
  who: { readonly accountId: string; readonly binding: string; readonly address: string },
  answer: Answer,
): Promise<boolean> {
  const proof = await checkProof(parts, { purpose: "confirm", binding: who.binding }, answer);
  if (!proof || proof.passkey.accountId !== who.accountId) return false;
  return parts.storage.write((db) => countUse(db, proof, { address: who.address, now: parts.now }));
}

// A count that does not rise means that the key was copied, or the answer replayed: written down, and refused.
async function countUse(
  db: Transaction,
  { passkey, counter }: { passkey: Passkey; counter: number },
  at: { address: string; now: Date },
): Promise<boolean> {
  if (await notePasskeyUse(db, passkey, counter, at.now)) return true;
  const entry = { action: "passkey.count-fell", subject: passkey.name, accountId: passkey.accountId, via: "web" };
  await audit(db, { ...entry, address: at.address, detail: { stored: passkey.counter, given: counter } }, at.now);
  return false;
}
