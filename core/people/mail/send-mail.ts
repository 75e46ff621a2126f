import { stamp } from "../../clock.ts";
import { sentenceOf } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { MailTransport } from "../../net/mail-transport.ts";
import { eraseSecrets, openSecret, type SecretBox } from "../secret-box.ts";
import { noteMailState } from "./mail-state.ts";
import { mailPlace } from "./mail-later.ts";
import { writeMail, type MailValues } from "./mail-texts.ts";

/** What sending mail needs of the house. */
export type SendParts = { readonly secrets: SecretBox; readonly transport: MailTransport };

type Sealed = {
  readonly to: string;
  /** Words of somebody else, in place of a template of ours. */
  readonly plain?: { readonly subject: string; readonly text: string; readonly unsubscribe: string | null };
  readonly template: string;
  readonly values: MailValues;
  readonly language: string;
  readonly until: string | null;
  readonly at: string;
};

/** Sends a mail that was written down; nothing when it went out already. Throws what the queue should try again, or not. */
export async function sendMail(scope: Scope, { secrets, transport }: SendParts, mailId: string): Promise<void> {
  const place = mailPlace(mailId);
  const sealed = await openSecret(scope.storage, secrets, place);
  if (sealed === null) return;
  const mail = JSON.parse(sealed) as Sealed;
  if (mail.until !== null && stamp(scope.clock.now()) >= mail.until)
    throw Object.assign(new Error("The mail could not be sent before its link ended"), { permanent: true });
  const site = new URL(scope.site.url).host;
  const { subject, text } =
    mail.plain ?? writeMail(mail.template, mail.language, { ...mail.values, site, siteUrl: scope.site.url });
  const unsubscribe = mail.plain?.unsubscribe ?? null;
  const date = new Date(mail.at);
  try {
    const where = await transport.send({
      id: mailId,
      from: transport.from,
      fromName: site,
      to: mail.to,
      subject,
      text,
      date,
      unsubscribe,
    });
    // Without a mail server the log is where the operator looks; the link itself stays out of it.
    if (transport.kind === "folder") scope.log.info(`There is no mail server (SMTP_URL): “${subject}” lies in ${where}`);
  } catch (error) {
    await noteMailState(scope, { isSent: false, sentence: sentenceOf(error) });
    throw error;
  }
  await scope.storage.write((db) => eraseSecrets(db, place));
  if (transport.kind === "smtp") await noteMailState(scope, { isSent: true, sentence: "" });
}
