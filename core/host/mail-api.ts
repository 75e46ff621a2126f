import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import { isPlainAddress } from "../net/letter.ts";
import { personById } from "../people/accounts.ts";
import { takeAttempt } from "../people/attempts.ts";
import type { MailApi } from "./context.types.ts";
import type { HostServices } from "./host-services.ts";

const hour = 3600;
const [mostOfAPlugin, mostToOne] = [1000, 20];
const [subjectLength, textLength] = [200, 100_000];

/** Mail from a plugin, through the same queue as the installation's own; limited for each blog and for each recipient. */
export function mailApi(scope: Scope, services: HostServices, pluginId: string, need: (capability: string) => void): MailApi {
  return {
    async send({ accountId, to, subject, text, unsubscribe }) {
      need("mail:send");
      const address = accountId === undefined ? (to ?? "") : await addressOf(scope, accountId);
      if (address === null) return false;
      if (!isPlainAddress(address)) throw new PublicError("mail.address", "This is not an e-mail address.", 422);
      if (subject.trim() === "" || text.length > textLength)
        throw new Error("A mail has a subject, and 100,000 characters at most");
      if (unsubscribe !== undefined && !/^(https:\/\/|mailto:)[^\s<>]{1,2000}$/.test(unsubscribe))
        throw new Error("The address for leaving is https or mailto");
      await scope.storage.write(async (db) => {
        const buckets = {
          [`mail of ${pluginId} on ${scope.blog?.id ?? "-"}`]: { size: mostOfAPlugin, seconds: hour },
          [`mail of ${pluginId} to ${address.toLowerCase()}`]: { size: mostToOne, seconds: hour },
        };
        const wait = await takeAttempt(db, buckets, scope.clock.now());
        if (wait > 0)
          throw new PublicError("mail.too-many", `Too much mail at once; try again in ${wait} seconds.`, 429, { wait });
        const mail = { to: address, subject: subject.slice(0, subjectLength), text, unsubscribe };
        await services.mailLater(db, mail, pluginId);
      });
      return true;
    },
  };
}

// Nobody writes to who has no address, or has left.
async function addressOf({ storage }: Scope, accountId: string): Promise<string | null> {
  const person = await personById(storage, accountId);
  return person?.state === "active" ? (person.email ?? null) : null;
}
