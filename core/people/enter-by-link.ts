import type { Json } from "../hooks/values.ts";
import type { Storage } from "../storage/storage.ts";
import { personById } from "./accounts.ts";
import { enter, type Entered } from "./enter.ts";
import { consumeLink, forgetLinks, peekLink } from "./one-time-links.ts";
import type { Person } from "./person.ts";
import type { Visitor } from "./sessions.ts";

/** Whom a mailed link would sign in, without using it up: mail scanners open addresses too. Null when it is unknown, used or over. */
export async function personOfLink(storage: Storage, token: string, now: Date): Promise<Person | null> {
  const link = await peekLink(storage, "sign-in", token, now);
  const person = link && (await personById(storage, link.subject));
  return person?.state === "active" ? person : null;
}

/** Signs somebody in by a mailed link, which is used up with all others of theirs; null when it is not good any more. */
export async function enterByLink(
  storage: Storage,
  visitor: Visitor & { readonly token: string },
  now: Date,
): Promise<(Entered & { readonly next: string }) | null> {
  return storage.write(async (db) => {
    const link = await consumeLink(db, "sign-in", visitor.token, now);
    const person = link && (await personById(storage, link.subject));
    if (!link || person?.state !== "active") return null;
    await forgetLinks(db, "sign-in", person.id);
    const { userAgent, address } = visitor;
    const { next } = link.data as { readonly next?: Json };
    return { ...(await enter(db, person, { userAgent, address, by: "link" }, now)), next: String(next ?? "/") };
  });
}
