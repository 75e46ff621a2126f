import { createHash } from "node:crypto";
import type { Context } from "rookery/plugin";
import type { CrosspostService, ServiceAccount } from "./api.ts";

/** A connected account of one of the services that are switched on here. */
export type Account = ServiceAccount & {
  readonly pluginId: string;
  /** “Mastodon”. */
  readonly service: string;
  /** What the core knows it by. */
  readonly target: string;
};

const patience = 1_500;

/** Every connected account of the blog; a service that does not answer has none. */
export async function allAccounts(context: Context): Promise<readonly Account[]> {
  const lists = await Promise.all(context.services("crosspost.service").map(({ pluginId }) => accountsOf(context, pluginId)));
  return lists.flat();
}

/** The account behind a target; null when it is connected no more. */
export async function accountOf(context: Context, target: string): Promise<Account | null> {
  const pluginId = pluginOf(target);
  if (!context.services("crosspost.service").some((one) => one.pluginId === pluginId)) return null;
  return (await accountsOf(context, pluginId)).find((account) => account.target === target) ?? null;
}

/** Which plugin serves a target. */
export const pluginOf = (target: string): string => target.slice(0, target.indexOf("/"));

/** One question to the service behind an account. */
export function askAbout<T>(
  context: Context,
  { pluginId }: Pick<Account, "pluginId">,
  question: (service: CrosspostService) => Promise<T>,
  limit: number,
): Promise<T> {
  return context.ask("crosspost.service", pluginId, question, limit);
}

async function accountsOf(context: Context, pluginId: string): Promise<readonly Account[]> {
  try {
    const ask = async (service: CrosspostService) => ({ label: service.label, accounts: await service.accounts() });
    const { label, accounts } = await context.ask("crosspost.service", pluginId, ask, patience);
    return accounts.map((account) => ({ ...account, pluginId, service: label, target: targetOf(pluginId, account.id) }));
  } catch (error) {
    context.log.warn(`${pluginId} did not say which accounts are connected: ${error instanceof Error ? error.message : ""}`);
    return [];
  }
}

// Targets have up to 100 letters.
function targetOf(pluginId: string, account: string): string {
  const whole = `${pluginId}/${account}`;
  if (/^[\x21-\x7e]{1,100}$/.test(whole)) return whole;
  return `${pluginId}/~${createHash("sha256").update(account).digest("hex").slice(0, 40)}`;
}
