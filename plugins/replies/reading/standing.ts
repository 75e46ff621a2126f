import { placeOn, type Own } from "../own.ts";
import { urlOf, type ReplyRow } from "../rows/reply-row.ts";

/** What became of a reply: who sees it. */
export type Standing = "shown" | "waiting" | "held" | "hidden" | "failed" | "gone";

/** Whether a reply is shown where it was sent; the people of that blog decide. */
export async function standingOf(context: Own, row: ReplyRow): Promise<Standing> {
  if (row.state === "removed") return "gone";
  if (row.state !== "sent") return row.state;
  if (row.targetBlog === "") return "shown";
  const found = await (await placeOn(context, row.targetBlog))?.interactions.bySource(urlOf(context, row));
  if (!found) return "hidden";
  return found.state === "visible" ? "shown" : found.state;
}

/** The service `moderation.desk`, as far as it is used here. */
type Desk = { stateOf(accountId: string): Promise<{ readonly isHeld: boolean; readonly isSuspended: boolean }> };

const desk = "moderation.desk" as never;

/** Whether a plugin takes reports. */
export const takesReports = (context: Own): boolean => context.services(desk).length > 0;

/** Whether somebody's words outside of blogs are for everybody: they are here, and no moderator holds them. */
export async function isHeard(context: Own, accountId: string): Promise<boolean> {
  const account = await context.accounts.byId(accountId);
  if (!account || !(await context.accounts.byUsername(account.username))) return false;
  const found = context.services(desk)[0] as { readonly pluginId: string } | undefined;
  if (!found) return true;
  const { isHeld, isSuspended } = await context.ask(desk, found.pluginId, (service) => (service as Desk).stateOf(accountId));
  return !isHeld && !isSuspended;
}
