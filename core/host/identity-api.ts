import { blogsOf } from "../blogs/memberships.ts";
import type { Scope } from "../hooks/scope.ts";
import { appTokenOf, createAppToken, keyOfAppToken, revokeAppToken, tokenIn, type AppToken } from "../people/app-tokens.ts";
import { personByEmail, personById } from "../people/accounts.ts";
import { audit } from "../people/audit.ts";
import { accountOf } from "../people/person.ts";
import { addRefreshToken, keyOfRefreshToken, renewAppToken } from "../people/refresh-tokens.ts";
import { secondFactorSince } from "../people/second-factor/second-factor.ts";
import type { IdentityApi, TokenFacts } from "./identity.types.ts";

/** Keys of apps and whom they stand for, for plugins that let apps in. Methods check the capability `identity` first. */
export function identityApi(scope: Scope, pluginId: string, need: () => void): IdentityApi {
  const { storage, clock } = scope;
  return {
    async tokenOf(authorization) {
      need();
      const value = tokenIn(authorization);
      const found = value === null ? null : await appTokenOf(storage, value, clock.now());
      return found && { ...factsOf(found.token), account: accountOf(found.account) };
    },
    async issue(wanted) {
      need();
      const now = clock.now();
      const expiresAt = wanted.seconds === undefined ? null : new Date(now.getTime() + wanted.seconds * 1000);
      const { accountId, blogId = null, name, clientId = "", scopes, refreshSeconds } = wanted;
      return storage.write(async (db) => {
        const made = await createAppToken(db, { accountId, blogId, name, clientId, scopes, expiresAt }, now);
        const refreshToken =
          refreshSeconds === undefined ? undefined : await addRefreshToken(db, { id: made.id, accountId }, refreshSeconds, now);
        await audit(db, { action: "token.created", subject: made.id, accountId, blogId, via: pluginId }, now);
        return { ...made, expiresAt: expiresAt?.toISOString() ?? null, ...(refreshToken !== undefined && { refreshToken }) };
      });
    },
    async refresh({ refreshToken, clientId, scopes, seconds }) {
      need();
      const wish = { refreshToken, clientId, scopes: scopes ?? null, seconds };
      const renewal = await storage.write((db) => renewAppToken(db, wish, clock.now()));
      if (!renewal.ok) return renewal;
      const { key, ...values } = renewal;
      return { ...values, ...factsOf(key) };
    },
    async revoke(what) {
      need();
      const key =
        typeof what === "string"
          ? ((await keyOfAppToken(storage, tokenIn(what) ?? "")) ?? (await keyOfRefreshToken(storage, tokenIn(what) ?? "")))
          : what;
      if (!key) return false;
      return storage.write((db) => revokeAppToken(db, key.accountId, key.id, clock.now()));
    },
    async emailOf(accountId) {
      need();
      return (await personById(storage, accountId))?.email ?? null;
    },
    async byEmail(email) {
      need();
      const person = await personByEmail(storage, email.trim().toLowerCase().slice(0, 254));
      if (person?.state !== "active") return null;
      return { account: accountOf(person), hasSecondStep: (await secondFactorSince(storage, person.id)) !== null };
    },
    async blogsOf(accountId) {
      need();
      const [person, blogs] = await Promise.all([personById(storage, accountId), blogsOf(storage, accountId, scope.site)]);
      const writers = blogs.filter(({ role }) => role !== "reader");
      const first = writers.find(({ blog }) => blog.id === person?.defaultBlogId) ?? writers[0];
      return writers
        .map((one) => ({ ...one, isDefault: one === first }))
        .sort((one, other) => Number(other.isDefault) - Number(one.isDefault));
    },
  };
}

function factsOf(token: AppToken): Omit<TokenFacts, "account"> {
  const { id, accountId, scopes, blogId, clientId, name, createdAt, usedAt, expiresAt } = token;
  return { id, accountId, scopes, blogId, clientId, name, createdAt, usedAt, expiresAt };
}
