import { createHash } from "node:crypto";
import type { ServiceAccount, ServiceLimits } from "../crosspost/api.ts";
import { CrosspostError, type Answer, type Client as App } from "../crosspost/kit.ts";
import { call, type Call } from "./call.ts";
import { instanceOf } from "./limits.ts";
import type { MastodonContext } from "./settings.ts";

/** An app as a server knows it: registered once for each server and address of ours. */
export type Client = App & { readonly redirectUri: string };

/** What is sealed of a connected account. */
export type Tokens = {
  readonly server: string;
  readonly client: Client;
  readonly access: string;
  /** The account's id at its server. */
  readonly id: string;
  /** As they were when it was connected; later ones lie in the collection `limits`. */
  readonly limits: ServiceLimits;
};

/** A connected account: its name for crosspost, its name for people, and what opens it. */
export type Account = { readonly key: string; readonly name: string; readonly tokens: Tokens };

/** The connected accounts of the blog. */
export function accountsIn({ settings }: MastodonContext): readonly Account[] {
  return settings.accounts.map(({ account, tokens }) => ({ key: keyOf(account), name: account, tokens: tokens as Tokens }));
}

/** The same as crosspost knows them. */
export async function listAccounts(context: MastodonContext): Promise<readonly ServiceAccount[]> {
  const known = context.collection<ServiceLimits>("limits");
  return Promise.all(
    accountsIn(context).map(async ({ key, name, tokens }) => ({
      id: key,
      name,
      limits: (await known.get(key)) ?? tokens.limits,
    })),
  );
}

/** Asks an account's server in its name. CrosspostError `auth` when it is not connected any more. */
export async function callAs(context: MastodonContext, key: string, asked: (account: Account) => Call): Promise<Answer> {
  const account = accountsIn(context).find((one) => one.key === key);
  if (!account) throw new CrosspostError("auth", context.t("service.disconnected"));
  const { server, access } = account.tokens;
  return call(context, server, { ...asked(account), token: access });
}

/** Asks the servers of all accounts, or of one, for their limits; those that do not answer keep what they had. */
export async function refreshLimits(context: MastodonContext, key?: string): Promise<void> {
  const known = context.collection<ServiceLimits>("limits");
  for (const account of accountsIn(context).filter((one) => key === undefined || one.key === key))
    try {
      await known.put(account.key, (await instanceOf(context, account.tokens.server)).limits);
    } catch (error) {
      if (!(error instanceof CrosspostError)) throw error;
      context.log.info(`Limits of ${account.name} stay as they are: ${error.message}`);
    }
}

// Names may be longer than crosspost takes.
const keyOf = (name: string): string =>
  /^[\x21-\x7e]{1,80}$/.test(name) ? name : createHash("sha256").update(name).digest("hex").slice(0, 40);
