import { PublicError } from "rookery/plugin";
import { nowOf } from "../rows.ts";
import type { Own } from "../settings.ts";
import { actionsOf, decisionById, type Action, type Decision } from "./history.ts";
import { perform, revert } from "./perform.ts";
import { tellPerson } from "./tell-person.ts";

/** Does what of a decision is not done yet, and tells the person once. Safe to run twice. Gives the kinds that could not be done. */
export async function carryOut(context: Own, decisionId: string): Promise<readonly string[]> {
  const decision = await decisionById(context, decisionId);
  if (!decision) return [];
  const failed: string[] = [];
  for (const action of await actionsOf(context, [decisionId])) {
    if (action.state === "pending" && !(await doOne(context, decision, action))) failed.push(action.kind);
    if (action.state === "undoing") await takeBack(context, action, action.undoneBy);
  }
  if (!decision.isTold) {
    const done = (await actionsOf(context, [decisionId])).filter(({ state }) => state !== "failed");
    if (done.length > 0) await tellPerson(context, decision, done);
    await context.tables.run("UPDATE p_moderation_decisions SET is_told = 1 WHERE id = ?", [decisionId]);
  }
  return failed;
}

/** Takes one action back, whoever was quicker; false when it was not in force. */
export async function takeBack(context: Own, action: Action, by: string, as: "undone" | "ended" = "undone"): Promise<boolean> {
  const { tables } = context;
  // Marked first: guards let go of it, and what a crash left half done is gone on with.
  const begun = await tables.run(
    "UPDATE p_moderation_actions SET state = 'undoing', undone_by = ? WHERE id = ? AND state = 'active'",
    [by, action.id],
  );
  if (begun === 0 && action.state !== "undoing") return false;
  await revert(context, action, by);
  await tables.run("UPDATE p_moderation_actions SET state = ?, undone_at = ? WHERE id = ? AND state = 'undoing'", [
    as,
    nowOf(context),
    action.id,
  ]);
  const line = { action: `${action.kind}-${as}`, subject: action.subjectId, accountId: by || null };
  await context.audit({ ...line, detail: { decision: action.decisionId } });
  return true;
}

async function doOne(context: Own, decision: Decision, action: Action): Promise<boolean> {
  const set = (state: string, data: object) =>
    context.tables.run("UPDATE p_moderation_actions SET state = ?, data = ? WHERE id = ? AND state = 'pending'", [
      state,
      JSON.stringify(data),
      action.id,
    ]);
  const line = { subject: action.subjectId, accountId: decision.byId };
  try {
    const data = await perform(context, decision, action);
    await set("active", data);
    await context.audit({
      ...line,
      action: action.kind,
      detail: { decision: decision.id, reason: decision.reason.slice(0, 500) },
    });
    return true;
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    await set("failed", { ...action.data, why: error.message.slice(0, 300) });
    await context.audit({ ...line, action: `${action.kind}-failed`, detail: { decision: decision.id, why: error.message } });
    return false;
  }
}
