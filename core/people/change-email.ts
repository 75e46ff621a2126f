import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import { update } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { badEmail, personById } from "./accounts.ts";
import { takeAttempt } from "./attempts.ts";
import { audit } from "./audit.ts";
import { mailLater, type MailParts } from "./mail/mail-later.ts";
import { mailNotice } from "./mail/notices.ts";
import { cleanEmail } from "./names.ts";
import { consumeLink, createLink, forgetLinks, peekLink } from "./one-time-links.ts";
import type { Person } from "./person.ts";

/** What it needs of the house. */
export type EmailParts = MailParts & { readonly storage: Storage; readonly site: { readonly url: string } };

const hours = 24;

/**
 * Asks, at the new address, whether it is the person's; until they say so there, the old one counts. An empty one removes the
 * address at once. Whether another account has it is not said here. PublicError 422 for what is no address, 429 for too many.
 */
export async function wantEmail(house: EmailParts, db: Transaction, person: Person, typed: string): Promise<void> {
  const now = house.clock.now();
  await forgetLinks(db, "email", person.id);
  if (typed.trim() === "") return setEmail(house, db, person, null);
  const email = cleanEmail(typed);
  if (email === null) throw badEmail();
  if (email === person.email) return;
  const wait = await takeAttempt(db, { [`mail email ${person.id}`]: { size: 5, seconds: 3600 } }, now);
  if (wait > 0)
    throw new PublicError("account.email-often", "That was too often; try again later.", 429, {
      minutes: Math.ceil(wait / 60),
    });
  const link = { purpose: "email", subject: person.id, data: { email }, seconds: hours * 3600 } as const;
  const address = `${house.site.url}/account/email?token=${await createLink(db, link, now)}`;
  const values = { name: person.name, username: person.username, email, link: address, hours };
  const until = new Date(now.getTime() + hours * 3600_000);
  await mailLater(house, db, { to: email, template: "confirm-email", language: person.language, values, until });
}

/** The address that waits to be confirmed; null when none does. */
export async function waitingEmail(storage: Storage, accountId: string, now: Date): Promise<string | null> {
  const rows = await storage.query(
    "SELECT data FROM one_time_links WHERE subject = ? AND purpose = 'email' AND is_used = 0 AND expires_at > ? LIMIT 1",
    [accountId, stamp(now)],
  );
  return rows[0] ? (JSON.parse(String(rows[0].data)) as { email: string }).email : null;
}

/** The address that a person's link would confirm; null when it is not theirs, used or over. */
export async function emailOfLink(house: EmailParts, accountId: string, token: string): Promise<string | null> {
  const link = await peekLink(house.storage, "email", token, house.clock.now());
  return link?.subject === accountId ? (link.data as { email: string }).email : null;
}

/** Makes the confirmed address the account's and tells the old one; null when the link is not good any more. PublicError 409 when another account has it. */
export async function confirmEmail(house: EmailParts, accountId: string, token: string): Promise<string | null> {
  const person = await personById(house.storage, accountId);
  if (!person || (await emailOfLink(house, accountId, token)) === null) return null;
  return house.storage.write(async (db) => {
    const link = await consumeLink(db, "email", token, house.clock.now());
    if (!link) return null;
    const { email } = link.data as { email: string };
    const others = await db.query("SELECT id FROM accounts WHERE email = ? AND id <> ?", [email, accountId]);
    if (others.length > 0)
      throw new PublicError("account.email-taken", "There is an account with this e-mail address already.", 409);
    await setEmail(house, db, person, email);
    return email;
  });
}

async function setEmail(house: EmailParts, db: Transaction, person: Person, email: string | null): Promise<void> {
  const now = house.clock.now();
  await update(db, "accounts", { email, updated_at: stamp(now) }, { id: person.id });
  // Links that went to the old address open nothing any more.
  for (const purpose of ["reset", "sign-in"] as const) await forgetLinks(db, purpose, person.id);
  await audit(db, { action: "account.email", subject: person.username, accountId: person.id, via: "web" }, now);
  await mailNotice(house, db, person, { what: "email-changed", values: { email: email ?? "–" } });
}
