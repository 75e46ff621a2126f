import { stamp } from "../clock.ts";
import type { Json } from "../hooks/values.ts";
import { insert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { secretToken, tokenHash } from "./token-hash.ts";

/** The halves of a sign-in that are no mails: a code that is missing, a question to a passkey or to another site. */
type LinkOfSignIn = "second-factor" | "passkey" | "identity";

/** What a link is for: its purpose keeps a reset link from opening an invitation. */
export type NewLink = {
  readonly purpose:
    | "setup"
    | "reset"
    | "invitation"
    | "email"
    | "sign-in"
    | "sign-up"
    | "sign-up-mail"
    | "export"
    | "recall"
    | "connection"
    | LinkOfSignIn;
  /** An account's id, an e-mail address, or empty. */
  readonly subject?: string;
  readonly data?: Json;
  readonly seconds: number;
  /** A token (of `secretToken`) that was told before the link is written down; one is made unless told. */
  readonly token?: string;
};

/** What was written down with a link. */
export type Link = { readonly subject: string; readonly data: Json };

/** Makes a link's token (43 characters for the end of an address); only its hash is stored. */
export async function createLink(db: Transaction, wanted: NewLink, now: Date): Promise<string> {
  const token = wanted.token ?? secretToken();
  await insert(db, "one_time_links", [
    {
      token_hash: tokenHash(token),
      purpose: wanted.purpose,
      subject: (wanted.subject ?? "").slice(0, 254),
      data: JSON.stringify(wanted.data ?? null),
      is_used: false,
      created_at: stamp(now),
      expires_at: stamp(new Date(now.getTime() + wanted.seconds * 1000)),
    },
  ]);
  return token;
}

/** What a link stands for, without using it up; null when it is unknown, used or over. */
export async function peekLink(storage: Storage, purpose: NewLink["purpose"], token: string, now: Date): Promise<Link | null> {
  const rows = await storage.query(
    "SELECT subject, data FROM one_time_links WHERE token_hash = ? AND purpose = ? AND is_used = 0 AND expires_at > ?",
    [tokenHash(token), purpose, stamp(now)],
  );
  return rows[0] ? { subject: String(rows[0].subject), data: JSON.parse(String(rows[0].data)) as Json } : null;
}

/** Writes other data down with a link that is still good, as a form of several pages goes on; false when it is not. */
export async function rewriteLink(db: Transaction, purpose: NewLink["purpose"], token: string, data: Json): Promise<boolean> {
  const sql = "UPDATE one_time_links SET data = ? WHERE token_hash = ? AND purpose = ? AND is_used = 0";
  return (await db.run(sql, [JSON.stringify(data), tokenHash(token), purpose])) > 0;
}

/** Uses a link up: of two that try, one gets what it stands for, the other null. */
export async function consumeLink(db: Transaction, purpose: NewLink["purpose"], token: string, now: Date): Promise<Link | null> {
  const hash = tokenHash(token);
  const changed = await db.run(
    "UPDATE one_time_links SET is_used = 1 WHERE token_hash = ? AND purpose = ? AND is_used = 0 AND expires_at > ?",
    [hash, purpose, stamp(now)],
  );
  if (changed === 0) return null;
  const rows = await db.query("SELECT subject, data FROM one_time_links WHERE token_hash = ?", [hash]);
  return { subject: String(rows[0]!.subject), data: JSON.parse(String(rows[0]!.data)) as Json };
}

/** Removes links of a purpose, such as older setup links when a new one is printed. */
export async function forgetLinks(db: Transaction, purpose: NewLink["purpose"], subject = ""): Promise<number> {
  return db.run("DELETE FROM one_time_links WHERE purpose = ? AND subject = ?", [purpose, subject]);
}
