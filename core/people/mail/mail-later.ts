import { stamp, type Clock } from "../../clock.ts";
import { ulid } from "../../ids.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import type { Transaction } from "../../storage/storage.ts";
import { sealSecret, type SecretBox } from "../secret-box.ts";
import { hasTemplate, type MailValues } from "./mail-texts.ts";

/** A mail to be sent: a template of `locales/`, and what stands in its places. */
export type Mail = {
  readonly to: string;
  readonly template: string;
  readonly values?: MailValues;
  /** The recipient's language, BCP 47. */
  readonly language: string;
  /** When it is of no use any more, such as the end of its link. */
  readonly until?: Date;
};

/** What writing a mail down needs of the house. */
export type MailParts = { readonly secrets: SecretBox; readonly clock: Clock };

/** The job that sends one mail. */
export const mailJob = "mail";

/** How often a mail is tried. The last three tries come twelve hours apart: a mail server that is down over a night is no reason to lose mail. */
export const mailAttempts = 8;

/** Where a mail waits, sealed: its links are secrets. */
export const mailPlace = (mailId: string): string => `mail/${mailId}`;

/**
 * The one way to send mail: writes it down sealed, with its job, in the transaction of the fact it tells of. It goes out when
 * that commits, is tried for a day and a half, and then shows as dead under Jobs.
 */
export async function mailLater(house: MailParts, db: Transaction, mail: Mail): Promise<void> {
  if (!hasTemplate(mail.template)) throw new Error(`There is no mail “${mail.template}”; write it into core/people/mail/locales`);
  const now = house.clock.now();
  const mailId = ulid(now.getTime());
  const { to, template, values = {}, language, until } = mail;
  const value = JSON.stringify({ to, template, values, language, until: until ? stamp(until) : null, at: stamp(now) });
  await sealSecret(db, house.secrets, { place: mailPlace(mailId), value }, now);
  await enqueue(db, {
    pluginId: "core",
    name: mailJob,
    blogId: null,
    data: { mailId, template },
    runAt: now,
    attempts: mailAttempts,
  });
}
