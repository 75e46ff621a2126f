import type { Scope } from "../hooks/scope.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { personByEmail, personByUsername } from "./accounts.ts";
import { takeAttempt } from "./attempts.ts";
import { audit } from "./audit.ts";
import { mailLater, type MailParts } from "./mail/mail-later.ts";
import { createLink } from "./one-time-links.ts";
import { networkOf } from "./network-of.ts";

/** A link that somebody without a session asks for: to sign in, or to choose another password. */
export type WantedLink = {
  readonly purpose: "sign-in" | "reset";
  /** A username or an e-mail address, as it was typed. */
  readonly name: string;
  /** Where the person wanted to go. */
  readonly next: string;
  /** The language it was asked in, for people who chose none. */
  readonly language?: string;
};

/** The job that mails such a link. */
export const linkJob = "sign-in-mail";

/** How long each link works. */
export const linkMinutes = { "sign-in": 15, reset: 60 } as const;

const perHour = { "sign-in": 5, reset: 3 } as const;

/**
 * Asks for a link by mail; gives 0, or the seconds to wait. Whether there is such a person is looked at by the job alone, so
 * that the answer and its time say nothing of it.
 */
export async function askForLink(scope: Scope, wanted: WantedLink): Promise<number> {
  const { storage, clock, address } = scope;
  const now = clock.now();
  const name = wanted.name.trim().toLowerCase().slice(0, 254);
  return storage.write(async (db) => {
    const buckets = {
      [`mail ${wanted.purpose} ${name}`]: { size: perHour[wanted.purpose], seconds: 3600 },
      [`mail address ${networkOf(address)}`]: { size: 20, seconds: 3600 },
    };
    const wait = await takeAttempt(db, buckets, now);
    if (wait > 0) return wait;
    const data = { purpose: wanted.purpose, name, next: wanted.next, language: wanted.language ?? "" };
    await enqueue(db, { pluginId: "core", name: linkJob, blogId: null, data, runAt: now });
    return 0;
  });
}

/** Mails the link, when there is such a person and they have an address. */
export async function mailLink(
  scope: Scope,
  parts: MailParts,
  { purpose, name, next, language: asked }: WantedLink,
): Promise<void> {
  const person = await (name.includes("@") ? personByEmail : personByUsername)(scope.storage, name);
  if (!person?.email || person.state !== "active") return;
  const { email, id } = person;
  const language = person.language || (asked ?? "");
  const now = scope.clock.now();
  const minutes = linkMinutes[purpose];
  await scope.storage.write(async (db) => {
    // Names and addresses of one person count together; nobody is told.
    if ((await takeAttempt(db, { [`mail account ${id}`]: { size: 6, seconds: 3600 } }, now)) > 0) return;
    const token = await createLink(db, { purpose, subject: id, data: { next }, seconds: minutes * 60 }, now);
    const path = purpose === "reset" ? "/signin/reset/new" : "/signin/link";
    const link = `${scope.site.url}${path}?token=${token}`;
    await audit(db, { action: `${purpose}.mailed`, subject: person.username, accountId: id, via: "web" }, now);
    const template = purpose === "reset" ? "reset" : "sign-in-link";
    const until = new Date(now.getTime() + minutes * 60_000);
    await mailLater(parts, db, { to: email, template, language, until, values: { name: person.name, link, minutes } });
  });
}
