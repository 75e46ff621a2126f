import type { Context } from "rookery/plugin";
import { allAccounts } from "./accounts.ts";
import { brokenAccounts } from "./trouble.ts";

/** What the dashboard tells the owner: accounts that must be connected again. */
export async function notices(context: Context) {
  const broken = await brokenAccounts(context);
  if (broken.size === 0) return [];
  const accounts = (await allAccounts(context)).filter(({ target }) => broken.has(target));
  return accounts.map(({ target, service, name }) => ({
    id: `crosspost ${target}`,
    title: context.t("card.title", { service }),
    text: context.t("card.text", { service, account: name }),
    href: `/b/${context.blog.host}/settings/targets`,
  }));
}
