import type { Storage } from "../storage/storage.ts";
import { personById, setPassword } from "./accounts.ts";
import { audit } from "./audit.ts";
import type { MailParts } from "./mail/mail-later.ts";
import { mailNotice } from "./mail/notices.ts";
import { consumeLink, forgetLinks, peekLink } from "./one-time-links.ts";
import { hashPassword } from "./passwords.ts";
import type { Person } from "./person.ts";
import { endOtherSessions } from "./sessions.ts";

/** What it needs of the house. */
export type ResetParts = MailParts & { readonly storage: Storage; readonly site: { readonly url: string } };

/** Whose password a mailed link changes; null when it is unknown, used or over. */
export async function personOfReset(house: ResetParts, token: string): Promise<Person | null> {
  const link = await peekLink(house.storage, "reset", token, house.clock.now());
  const person = link && (await personById(house.storage, link.subject));
  return person?.state === "active" ? person : null;
}

/**
 * Gives another password by a mailed link, which is used up: every session ends, other links stop working, a second step stays
 * as it is. False when the link is not good any more. PublicError 422 for a password that will not do.
 */
export async function resetPassword(
  house: ResetParts,
  wanted: { token: string; password: string; address: string },
): Promise<boolean> {
  const person = await personOfReset(house, wanted.token);
  if (!person) return false;
  const hash = await hashPassword(wanted.password, person.username);
  const now = house.clock.now();
  return house.storage.write(async (db) => {
    if (!(await consumeLink(db, "reset", wanted.token, now))) return false;
    await setPassword(db, person.id, hash, now);
    await endOtherSessions(db, person.id, null);
    for (const purpose of ["reset", "sign-in", "second-factor"] as const) await forgetLinks(db, purpose, person.id);
    const entry = { action: "account.password-reset", subject: person.username, accountId: person.id, via: "web" };
    await audit(db, { ...entry, address: wanted.address }, now);
    await mailNotice(house, db, person, { what: "password-changed" });
    return true;
  });
}
