import { stamp } from "../../clock.ts";
import { ulid } from "../../ids.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import type { Transaction } from "../../storage/storage.ts";
import { sealSecret } from "../secret-box.ts";
import { mailAttempts, mailJob, mailPlace, type MailParts } from "./mail-later.ts";

/** A mail whose words somebody else has written, such as a plugin. */
export type PlainMail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Where one stops getting such mail: an https address that takes a POST, or a `mailto:`. */
  readonly unsubscribe?: string | undefined;
};

/** Writes such a mail down sealed, with its job, in the caller's transaction; it goes out as every other does. `from` names it under Jobs. */
export async function plainMailLater(house: MailParts, db: Transaction, mail: PlainMail, from: string): Promise<void> {
  const now = house.clock.now();
  const mailId = ulid(now.getTime());
  const { to, subject, text, unsubscribe = null } = mail;
  const value = JSON.stringify({ to, plain: { subject, text, unsubscribe }, until: null, at: stamp(now) });
  await sealSecret(db, house.secrets, { place: mailPlace(mailId), value }, now);
  const data = { mailId, template: from };
  await enqueue(db, { pluginId: "core", name: mailJob, blogId: null, data, runAt: now, attempts: mailAttempts });
}
