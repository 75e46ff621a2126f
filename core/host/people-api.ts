import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import { activeByRole, personById } from "../people/accounts.ts";
import { accountOf } from "../people/person.ts";
import { restoreAccount, suspendAccount } from "../residents/standing/account-standing.ts";
import type { PeopleApi } from "./context.types.ts";

/** People as moderators deal with them; every method needs the capability `moderate`. */
export function peopleApi(scope: Scope, need: () => void): PeopleApi {
  const found = async (id: string) => {
    need();
    return personById(scope.storage, id);
  };
  const known = async (id: string) => {
    const person = await found(id);
    if (!person) throw new PublicError("account.unknown", "There is nobody like this here.", 404);
    return person;
  };
  const by = (accountId: string | null): Scope => ({ ...scope, principal: { ...scope.principal, accountId } });
  return {
    async standing(id) {
      const person = await found(id);
      return person && { account: accountOf(person), state: person.state, createdAt: person.createdAt };
    },
    async suspend(id, { reason, withBlogs, by: who }) {
      const person = await known(id);
      if (person.state === "suspended") return false;
      await scope.storage.write((db) => suspendAccount(by(who), db, person, { reason, withBlogs }));
      return true;
    },
    async restore(id, { by: who }) {
      const person = await known(id);
      if (person.state !== "suspended") return false;
      await scope.storage.write((db) => restoreAccount(by(who), db, person));
      return true;
    },
    async byRole(role) {
      need();
      const roles = { admin: ["admin"], moderator: ["admin", "moderator"], curator: ["admin", "moderator", "curator"] } as const;
      return (await activeByRole(scope.storage, roles[role])).map(accountOf);
    },
  };
}
