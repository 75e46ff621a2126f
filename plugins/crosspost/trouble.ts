import type { Context } from "rookery/plugin";
import type { Account } from "./accounts.ts";

/** Why an account sends nothing until somebody connects it again. */
export type Broken = { readonly since: string; readonly reason: string };

const collection = (context: Context) => context.collection<Broken>("accounts");

/** The accounts that must be connected again, by target. */
export async function brokenAccounts(context: Context): Promise<ReadonlyMap<string, Broken>> {
  const found = await collection(context).find({}, { limit: 100 });
  return new Map(found.map(({ id, value }) => [id, value]));
}

/** Notes that a service takes an account no more; its owner is told by mail, the first time. */
export async function markBroken(context: Context, account: Account, reason: string): Promise<void> {
  const known = await collection(context).get(account.target);
  if (known) return;
  await collection(context).put(account.target, { since: context.clock.now().toISOString(), reason: reason.slice(0, 500) });
  const words = { service: account.service, account: account.name, blog: context.blog.title, reason };
  const address = `${context.site.url.replace(/\/$/, "")}/b/${context.blog.host}/settings/targets`;
  try {
    await context.mail.send({
      accountId: context.blog.ownerId,
      subject: context.t("mail.subject", words),
      text: `${context.t("mail.text", words)}\n\n${address}\n`,
    });
  } catch (error) {
    // The notices in the dashboard say the same.
    context.log.warn(`The mail about ${account.name} was not sent: ${error instanceof Error ? error.message : ""}`);
  }
}

/** An account worked, or was connected again: if it was broken that is forgotten, and its own copies get their turn. */
export async function markWhole(context: Context, target: string): Promise<void> {
  if (!(await collection(context).get(target))) return;
  await collection(context).delete(target);
  await context.wakeCopies(target);
}

/** Somebody connected an account of a plugin: whichever of its accounts were broken are tried again. The core wakes its other copies. */
export async function tryAgain(context: Context, pluginId: string): Promise<void> {
  for (const target of (await brokenAccounts(context)).keys())
    if (target.startsWith(`${pluginId}/`)) await markWhole(context, target);
}
