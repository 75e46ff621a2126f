import type { Storage } from "../../storage/storage.ts";
import { personById } from "../accounts.ts";
import { audit } from "../audit.ts";
import { enter, type Entered } from "../enter.ts";
import { createLink } from "../one-time-links.ts";
import type { Visitor } from "../sessions.ts";
import { identityBy, noteIdentityUse } from "./identities.ts";

/** A session or the question for a code; or why not: nobody's identity, an account that is suspended, or one to call back. */
export type ByIdentity =
  | ({ readonly ok: true } & Entered)
  | { readonly ok: false; readonly reason: "unknown" }
  | { readonly ok: false; readonly reason: "suspended"; readonly accountId: string }
  | { readonly ok: false; readonly reason: "deleted"; readonly recall: string };

/** Signs in whoever proved an identity elsewhere. Whoever has a second step is asked for it next. */
export async function enterByIdentity(
  storage: Storage,
  visitor: Visitor & { readonly method: string; readonly identity: string },
  now: Date,
): Promise<ByIdentity> {
  const { method, identity, userAgent, address } = visitor;
  const found = await identityBy(storage, method, identity);
  const person = found && (await personById(storage, found.accountId));
  if (!found || !person) return { ok: false, reason: "unknown" };
  if (person.state === "deleted") {
    const recall = await storage.write((db) => createLink(db, { purpose: "recall", subject: person.id, seconds: 900 }, now));
    return { ok: false, reason: "deleted", recall };
  }
  return storage.write(async (db): Promise<ByIdentity> => {
    if (person.state !== "active") {
      const failed = { action: "sign-in.failed", accountId: person.id, subject: person.username, via: "web", address };
      await audit(db, { ...failed, detail: { by: "identity" } }, now);
      return { ok: false, reason: "suspended", accountId: person.id };
    }
    await noteIdentityUse(db, found.id, now);
    return { ok: true, ...(await enter(db, person, { userAgent, address, by: "identity" }, now)) };
  });
}
