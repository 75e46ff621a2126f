import type { Storage } from "../../storage/storage.ts";
import { personById } from "../accounts.ts";
import { takeAttempt } from "../attempts.ts";
import { audit } from "../audit.ts";
import { begin, type Proof } from "../enter.ts";
import type { MailParts } from "../mail/mail-later.ts";
import { mailNotice } from "../mail/notices.ts";
import { consumeLink, peekLink } from "../one-time-links.ts";
import type { Person } from "../person.ts";
import { addressBucket } from "../sign-in.ts";
import type { Visitor } from "../sessions.ts";
import { useSecondFactor } from "./second-factor.ts";

/** The code of somebody whose password was right, with the word that they got for it. */
export type CodeAttempt = Visitor & { readonly halfway: string; readonly code: string };

/** A session; or a refusal: the code is wrong, it took too long (begin again), or it was tried too often. */
export type CodeResult =
  | { readonly ok: true; readonly account: Person; readonly cookie: string; readonly by: "app" | "recovery" }
  | { readonly ok: false; readonly reason: "wrong" }
  | { readonly ok: false; readonly reason: "stale" }
  | { readonly ok: false; readonly reason: "too-many"; readonly retryAfter: number };

/** What it needs of the house. */
export type CodeParts = MailParts & { readonly storage: Storage; readonly site: { readonly url: string } };

/** The second step: a code of the app, or one for recovery, each good once. 10 tries an hour per account, however many passwords were right. */
export async function passSecondFactor(house: CodeParts, attempt: CodeAttempt): Promise<CodeResult> {
  const { storage } = house;
  const now = house.clock.now();
  const link = await peekLink(storage, "second-factor", attempt.halfway, now);
  const account = link && (await personById(storage, link.subject));
  if (!link || !account || account.state !== "active") return { ok: false, reason: "stale" };
  const buckets = { [`second-factor ${account.id}`]: { size: 10, seconds: 3600 }, ...addressBucket(attempt.address) };
  const retryAfter = await storage.write((db) => takeAttempt(db, buckets, now));
  if (retryAfter > 0) return { ok: false, reason: "too-many", retryAfter };
  const { by } = link.data as { by: Proof };
  return storage.write(async (db): Promise<CodeResult> => {
    const used = await useSecondFactor(db, house.secrets, { accountId: account.id, code: attempt.code }, now);
    if (used === null) {
      const failed = { action: "second-factor.failed", subject: account.username, accountId: account.id, via: "web" };
      await audit(db, { ...failed, address: attempt.address }, now);
      return { ok: false, reason: "wrong" };
    }
    if (!(await consumeLink(db, "second-factor", attempt.halfway, now))) return { ok: false, reason: "stale" };
    if (used === "recovery") await mailNotice(house, db, account, { what: "recovery-used" });
    return { ok: true, account, by: used, cookie: await begin(db, account, { ...attempt, by }, now) };
  });
}
