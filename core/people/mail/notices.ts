import type { Transaction } from "../../storage/storage.ts";
import type { Person } from "../person.ts";
import { mailLater, type MailParts } from "./mail-later.ts";
import type { MailValues } from "./mail-texts.ts";

/** What changed on an account that its owner must hear of, also when it was not them. */
export type Notice =
  | "password-changed"
  | "email-changed"
  | "two-factor-on"
  | "two-factor-off"
  | "recovery-codes"
  | "recovery-used"
  | "passkey-added"
  | "identity-added"
  | "passkey-removed";

/** Mails a notice to the account's address, in the transaction of the change; nothing when it has none. */
export async function mailNotice(
  house: MailParts & { readonly site: { readonly url: string } },
  db: Transaction,
  person: Person,
  notice: { readonly what: Notice; readonly values?: MailValues },
): Promise<void> {
  if (!person.email) return;
  const resetLink = `${house.site.url}/signin/reset`;
  const values = { name: person.name, username: person.username, resetLink, ...notice.values };
  await mailLater(house, db, { to: person.email, template: notice.what, language: person.language, values });
}
