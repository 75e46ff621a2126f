import type { Account, Json } from "rookery/plugin";
import type { OwnContext } from "./own-context.ts";

/** What an app may read of somebody (IndieAuth §5.3.4): nothing without `profile`, the address only with `email` besides. */
export async function profileOf(
  context: OwnContext,
  about: { readonly accountId: string; readonly me: string; readonly scopes: readonly string[]; readonly account?: Account },
): Promise<Record<string, Json> | null> {
  const { accountId, me, scopes } = about;
  if (!scopes.includes("profile")) return null;
  const account = about.account ?? (await context.accounts.byId(accountId));
  if (!account) return null;
  const email = scopes.includes("email") ? await context.identity.emailOf(accountId) : null;
  const photo = account.photo === "" ? null : (URL.parse(account.photo, context.site.url)?.href ?? null);
  return { name: account.name, url: me, ...(photo !== null && { photo }), ...(email !== null && { email }) };
}
