import { randomBytes, timingSafeEqual } from "node:crypto";
import { PublicError } from "rookery/plugin";
import type { Decision } from "../decisions/history.ts";
import { hashOf } from "../rows.ts";
import type { Own } from "../settings.ts";

/** Mails somebody why they are about to be kept out, with a link by which they can appeal without signing in. */
export async function mailLink(context: Own, { id, accountId, reason, until }: Decision): Promise<void> {
  const person = await context.people.standing(accountId);
  if (person?.state !== "active") return;
  const key = randomBytes(24).toString("base64url");
  await context.tables.run("UPDATE p_moderation_decisions SET key_hash = ? WHERE id = ?", [hashOf(key), id]);
  const { language, name, username, timeZone } = person.account;
  const t = (word: string, values = {}) => context.t(word, values, language);
  const link = new URL(`/appeal/${id}?key=${key}`, context.site.url).href;
  const day = new Intl.DateTimeFormat(language || "en", { dateStyle: "long", timeZone: timeZone || "UTC" });
  const end = until ? [t("mail.until", { date: day.format(new Date(until)) })] : [];
  const lines = [t("mail.hello", { name: name || username }), t("mail.suspended"), ...end, reason, t("mail.appeal"), link];
  try {
    await context.mail.send({ accountId, subject: t("mail.subject"), text: lines.join("\n\n") });
  } catch (error) {
    // Too much mail in an hour: keeping somebody out does not wait for it.
    if (!(error instanceof PublicError)) throw error;
    context.log.warn("no mail about a suspension could be sent", { error: error.message });
  }
}

/** Whether a word of a link is the one that was mailed about a decision. */
export function fitsLink({ keyHash }: Pick<Decision, "keyHash">, key: string): boolean {
  if (keyHash === "" || !/^[\w-]{32}$/.test(key)) return false;
  return timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(keyHash));
}
