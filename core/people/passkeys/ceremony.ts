import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { Json } from "../../hooks/values.ts";
import type { Storage } from "../../storage/storage.ts";
import { consumeLink, createLink } from "../one-time-links.ts";
import type { Person } from "../person.ts";
import { passkeyByCredential, passkeysOf, type NewPasskey, type Passkey } from "./passkeys.ts";

/** What a passkey is asked for; an answer to one question does not count for another. */
export type Purpose = "register" | "sign-in" | "confirm";

/** A question to an authenticator. `binding` is a word that only the asking browser has; `ticket` is handed in with the answer. */
export type Question = { readonly purpose: Purpose; readonly binding: string };

/** An answer as a form brings it: the ticket of the question, and the authenticator's response as JSON. */
export type Answer = { readonly ticket: string; readonly response: string };

/** What all ceremonies share: where, when, and on which site. */
export type CeremonyParts = { readonly storage: Storage; readonly siteUrl: string; readonly now: Date };

const seconds = 300;
const longest = 20_000;
// Ed25519, ECDSA with P-256, RSA: what authenticators have. Named, because the library would try out what Node only tries out too.
const supportedAlgorithmIDs = [-8, -7, -257];

/** The options for making a passkey, with the ticket for handing it in; those that the person has are named, so that none is made twice. */
export async function askForPasskey(parts: CeremonyParts, person: Person, question: Question) {
  const { generateRegistrationOptions } = await import("@simplewebauthn/server");
  const known = await passkeysOf(parts.storage, person.id);
  const options = await generateRegistrationOptions({
    rpName: new URL(parts.siteUrl).host,
    rpID: new URL(parts.siteUrl).hostname,
    userID: new Uint8Array(Buffer.from(person.id)),
    userName: person.username,
    userDisplayName: person.name,
    timeout: seconds * 1000,
    attestationType: "none",
    supportedAlgorithmIDs,
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
    // Found without a name being typed, and the second factor in itself: the device asks for a finger, a face or a PIN.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { options, ticket: await ticketFor(parts, question, options.challenge) };
}

/** The options for showing a passkey; with a person only theirs will do. */
export async function askForProof(parts: CeremonyParts, question: Question, person?: Person) {
  const { generateAuthenticationOptions } = await import("@simplewebauthn/server");
  const own = person ? await passkeysOf(parts.storage, person.id) : [];
  const options = await generateAuthenticationOptions({
    rpID: new URL(parts.siteUrl).hostname,
    timeout: seconds * 1000,
    userVerification: "required",
    allowCredentials: own.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] as never })),
  });
  return { options, ticket: await ticketFor(parts, question, options.challenge) };
}

/** Checks a new passkey; null when its ticket is over or used, or anything in it is not as it was asked for. */
export async function checkNewPasskey(
  parts: CeremonyParts,
  question: Question,
  answer: Answer,
): Promise<Omit<NewPasskey, "accountId" | "name"> | null> {
  const found = await redeem<RegistrationResponseJSON>(parts, question, answer);
  if (!found) return null;
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  const { registrationInfo: info } = await verifyRegistrationResponse({
    response: found.response,
    supportedAlgorithmIDs,
    ...found.expected,
  }).catch(refused);
  if (!info?.userVerified) return null;
  return {
    credentialId: info.credential.id,
    publicKey: Buffer.from(info.credential.publicKey).toString("base64url"),
    counter: info.credential.counter,
    transports: (info.credential.transports ?? []).map(String),
    isSynced: info.credentialBackedUp,
  };
}

/** Checks that somebody showed a passkey: which, and its count now; null when it is not as it was asked for. The caller notes the use. */
export async function checkProof(
  parts: CeremonyParts,
  question: Question,
  answer: Answer,
): Promise<{ passkey: Passkey; counter: number } | null> {
  const found = await redeem<AuthenticationResponseJSON>(parts, question, answer);
  const passkey = found && (await passkeyByCredential(parts.storage, found.response.id));
  if (!found || !passkey) return null;
  const { userHandle } = found.response.response ?? {};
  if (userHandle && Buffer.from(String(userHandle), "base64url").toString() !== passkey.accountId) return null;
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const credential = {
    id: passkey.credentialId,
    publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
    // Compared by `notePasskeyUse`, in the transaction that counts it.
    counter: 0,
  };
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: found.response,
    credential,
    ...found.expected,
  }).catch(refused);
  return verified && authenticationInfo?.userVerified ? { passkey, counter: authenticationInfo.newCounter } : null;
}

async function ticketFor({ storage, now }: CeremonyParts, { purpose, binding }: Question, challenge: string): Promise<string> {
  return storage.write((db) => createLink(db, { purpose: "passkey", data: { purpose, binding, challenge }, seconds }, now));
}

// The ticket is used up before the answer is looked at: a wrong answer is no second chance.
async function redeem<T extends { readonly id: string }>(
  { storage, siteUrl, now }: CeremonyParts,
  question: Question,
  answer: Answer,
) {
  const link = await storage.write((db) => consumeLink(db, "passkey", answer.ticket, now));
  const asked = (link?.data ?? {}) as { readonly [name: string]: Json };
  if (asked.purpose !== question.purpose || asked.binding !== question.binding) return null;
  const response = parse(answer.response);
  if (response === null) return null;
  const { origin, hostname } = new URL(siteUrl);
  const expected = {
    expectedChallenge: String(asked.challenge),
    expectedOrigin: origin,
    expectedRPID: hostname,
    requireUserVerification: true,
  };
  return { response: response as T, expected };
}

function parse(text: string): { readonly id: string } | null {
  if (text.length > longest) return null;
  try {
    const response = JSON.parse(text) as unknown;
    const isWhole = typeof response === "object" && response !== null && "id" in response && typeof response.id === "string";
    return isWhole ? (response as { id: string }) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

// The library throws a sentence of its own for everything that does not fit, down to broken CBOR: all of it is a refusal.
function refused(): { verified: false; registrationInfo?: undefined; authenticationInfo?: undefined } {
  return { verified: false };
}
