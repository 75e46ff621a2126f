import type { Context } from "rookery/plugin";
import { isOptedOut } from "./opt-out.ts";

/** Why somebody's posts are not in Discover. */
export type Unfit = "away" | "opted-out" | "moderated";

/** The service `moderation.desk`, as far as it is used here. */
type Desk = {
  stateOf(accountId: string): Promise<{ readonly isLimited: boolean; readonly isHeld: boolean; readonly isSuspended: boolean }>;
};
const desk = "moderation.desk" as never;

/** Why an author's posts can not be shown in Discover at this moment; null when they can. */
export async function unfit(context: Context, accountId: string): Promise<Unfit | null> {
  const account = await context.accounts.byId(accountId);
  // By their name only who is active is found: not who is suspended or has left.
  if (!account || !(await context.accounts.byUsername(account.username))) return "away";
  if (await isOptedOut(context, accountId)) return "opted-out";
  return (await isModerated(context, accountId)) ? "moderated" : null;
}

async function isModerated(context: Context, accountId: string): Promise<boolean> {
  const found = context.services(desk)[0] as { readonly pluginId: string } | undefined;
  if (!found) return false;
  try {
    const state = await context.ask(desk, found.pluginId, (service) => (service as Desk).stateOf(accountId));
    return state.isLimited || state.isHeld || state.isSuspended;
  } catch (error) {
    // What is public stays public when the other plugin fails.
    context.log.warn("the state of somebody could not be asked for", { error: String(error) });
    return false;
  }
}
