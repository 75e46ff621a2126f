import { PublicError, type Account } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { mayDecideOn } from "../standing.ts";
import { lasting } from "./acts.ts";
import { takeBack } from "./carry-out.ts";
import { actionById, actionsOf, type Action } from "./history.ts";
import { tellUndone } from "./tell-person.ts";

const days = 30;

/** Whether an action can still be taken back: for 30 days; what lasts can be ended at any time. */
export function canUndo({ state, at, kind }: Action, now: Date): boolean {
  if (state !== "active") return false;
  return lasting.has(kind) || now.getTime() - Date.parse(at) < days * 86_400_000;
}

/** Takes one action back. PublicError 404, 403, and 409 when it is final or was taken back already. */
export async function undo(context: Own, by: Account, actionId: string): Promise<void> {
  const action = await actionById(context, actionId);
  if (!action) throw new PublicError("no-action", "There is no such decision.", 404);
  const person = action.accountId === "" ? null : await context.people.standing(action.accountId);
  if (!mayDecideOn(by, person?.account ?? null))
    throw new PublicError("not-yours", "You cannot decide about yourself, and about moderators only as an admin.", 403);
  if (!canUndo(action, context.clock.now()))
    throw new PublicError("final", "This is final after 30 days, or was taken back already.", 409);
  if (await takeBack(context, action, by.id)) await tellUndone(context, action);
}

/** Takes back all of a decision that is in force: an appeal was granted, which has no end. */
export async function undoAll(context: Own, by: string, decisionId: string): Promise<void> {
  for (const action of await actionsOf(context, [decisionId])) if (action.state === "active") await takeBack(context, action, by);
}
