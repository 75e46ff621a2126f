import { personById } from "../../../core/people/accounts.ts";
import { audit } from "../../../core/people/audit.ts";
import type { Person } from "../../../core/people/person.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import { signedIn, type AdminRequest } from "../../request.ts";

/** Changes something of one's own account, with its line in the log, in one transaction. */
export async function inAudited<T>(
  request: AdminRequest,
  action: string,
  work: (db: Transaction, now: Date) => Promise<T>,
): Promise<T> {
  const { house, scope, params } = request;
  const now = scope.clock.now();
  const account = signedIn(request);
  const subject = params.id ?? params.hash?.slice(0, 12) ?? account.username;
  return house.storage.write(async (db) => {
    const result = await work(db, now);
    await audit(db, { action, subject, accountId: account.id, via: "web", address: scope.address }, now);
    return result;
  });
}

/** Whoever is signed in, with what only they see. */
export async function ownPerson(request: AdminRequest): Promise<Person> {
  return (await personById(request.house.storage, signedIn(request).id))!;
}

/** The same as somebody to write to: without a language of their own, in the one they read now. */
export async function addressee(request: AdminRequest): Promise<Person> {
  const person = await ownPerson(request);
  return { ...person, language: person.language || request.language };
}
