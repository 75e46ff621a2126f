import { PublicError } from "rookery/plugin";
import { carryOut, takeBack } from "./decisions/carry-out.ts";
import { actionsToEnd, type Action } from "./decisions/history.ts";
import { tellUndone } from "./decisions/tell-person.ts";
import { nowOf } from "./rows.ts";
import { sweepReview } from "./review/held.ts";
import { endLimit } from "./review/settle.ts";
import type { Own } from "./settings.ts";
import { inForce } from "./standing.ts";

/** Ends what was decided for a time, and goes on with what a crash left half done. */
export async function endWhatIsOver(context: Own): Promise<void> {
  const now = nowOf(context);
  for (const action of await actionsToEnd(context, now)) await end(context, action, now);
  const open = await context.tables.query<{ id: string }>(
    "SELECT id FROM p_moderation_decisions WHERE is_told = 0 ORDER BY id LIMIT 100",
  );
  for (const { id } of open) await carryOut(context, id);
  const untold = await context.tables.query<{ id: string }>(
    "SELECT id FROM p_moderation_cases WHERE state = 'open' AND is_told = 0 ORDER BY id LIMIT 100",
  );
  for (const { id } of untold) await context.enqueue("tell-moderators", { caseId: id }, { key: `tell-moderators ${id}` });
}

// What is refused is tried again the next time, and keeps nothing else from ending.
async function end(context: Own, action: Action, now: string): Promise<void> {
  const isOver = action.until !== null && action.until <= now;
  try {
    if (await takeBack(context, action, action.undoneBy, isOver ? "ended" : "undone")) await tellUndone(context, action);
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    context.log.warn("an action could not be ended", { action: action.id, error: error.message });
  }
}

/** Somebody was let in again, by whomever: what kept them out is over. */
export async function letIn(context: Own, accountId: string): Promise<void> {
  if ((await context.people.standing(accountId))?.state === "suspended") return;
  await context.tables.run(
    "UPDATE p_moderation_actions SET state = 'undone', undone_at = ? WHERE account_id = ? AND state = 'active' AND kind = 'suspend'",
    [nowOf(context), accountId],
  );
  if (!(await inForce(context, accountId)).has("limit")) await endLimit(context, accountId, false);
}

/** Forgets what is a year old: closed cases with their reports and notes. Decisions stay as long as their person. */
export async function forgetTheOld(context: Own): Promise<void> {
  const { tables, clock } = context;
  const yearAgo = new Date(clock.now().getTime() - 365 * 86_400_000).toISOString();
  const old = await tables.query<{ id: string }>(
    "SELECT id FROM p_moderation_cases WHERE state = 'closed' AND closed_at < ? ORDER BY id LIMIT 500",
    [yearAgo],
  );
  for (const { id } of old) {
    await tables.run("DELETE FROM p_moderation_reports WHERE case_id = ?", [id]);
    await tables.run("DELETE FROM p_moderation_cases WHERE id = ?", [id]);
  }
  await tables.run("DELETE FROM p_moderation_notes WHERE at < ?", [yearAgo]);
  await sweepReview(context);
}

/** Forgets somebody whose account is erased. What they reported stays, without their name. */
export async function forgetPerson(context: Own, accountId: string): Promise<void> {
  const person = await context.people.standing(accountId);
  if (person && person.state !== "deleted") return;
  for (const table of ["appeals", "actions", "decisions", "people", "judged"])
    await context.tables.run(`DELETE FROM p_moderation_${table} WHERE account_id = ?`, [accountId]);
  await context.tables.run("DELETE FROM p_moderation_notes WHERE subject = ?", [`account ${accountId}`]);
  await context.tables.run("UPDATE p_moderation_reports SET account_id = '' WHERE account_id = ?", [accountId]);
  await context.tables.run(
    "UPDATE p_moderation_cases SET title = '', url = '', account_id = '', state = 'closed', open_key = id WHERE account_id = ?",
    [accountId],
  );
}
