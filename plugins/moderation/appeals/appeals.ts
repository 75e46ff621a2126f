import { PublicError, type Account } from "rookery/plugin";
import { undoAll } from "../decisions/undo.ts";
import { decisionById, type Decision } from "../decisions/history.ts";
import { insert, nowOf, typed } from "../rows.ts";
import type { Own } from "../settings.ts";

/** What somebody says against a decision. */
export type Appeal = {
  readonly decisionId: string;
  readonly accountId: string;
  /** Who decided what it is against. */
  readonly byId: string;
  readonly words: string;
  readonly at: string;
  readonly state: "waiting" | "granted" | "refused";
  readonly decidedBy: string;
  readonly answer: string;
  readonly decidedAt: string | null;
};

export const appealLength = 2_000;
/** Days in which one can appeal. */
export const appealDays = 30;

type Row = Record<string, string | null>;
const columns = "decision_id, account_id, by_id, words, at, state, decided_by, answer, decided_at";

/** Whether somebody may still appeal. */
export const isInTime = ({ at }: Pick<Decision, "at">, now: Date): boolean =>
  now.getTime() - Date.parse(at) < appealDays * 86_400_000;

/** Takes an appeal in: one for each decision. PublicError 409 for a second one and after 30 days, 422 for too many or no words. */
export async function appeal(context: Own, decision: Decision, said: string): Promise<void> {
  if ([...said].length > appealLength) throw new PublicError("long-appeal", "An appeal has 2,000 letters at most.", 422);
  const words = typed(said, appealLength);
  if (words === "") throw new PublicError("no-words", "Write what should be looked at again.", 422);
  if (!isInTime(decision, context.clock.now())) throw new PublicError("late", "The 30 days for an appeal are over.", 409);
  const row = {
    decision_id: decision.id,
    account_id: decision.accountId,
    by_id: decision.byId,
    words,
    at: nowOf(context),
    state: "waiting",
    decided_by: "",
    answer: "",
    decided_at: null,
  };
  const isThere = async () => (await appealOf(context, decision.id)) !== null;
  const appealed = () => new PublicError("appealed", "You appealed already; there is one appeal.", 409);
  if (await isThere()) throw appealed();
  try {
    await context.tables.write(async () => {
      await insert(context, "appeals", [row]);
      await context.enqueue("tell-appeal", { decisionId: decision.id }, { key: `tell-appeal ${decision.id}` });
    });
  } catch (error) {
    // Two at once: the other one's words stand.
    throw (await isThere()) ? appealed() : error;
  }
}

export async function appealOf({ tables }: Pick<Own, "tables">, decisionId: string): Promise<Appeal | null> {
  const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_moderation_appeals WHERE decision_id = ?`, [decisionId]);
  return row ? appealFrom(row) : null;
}

/** Appeals that wait, the oldest decision first. */
export async function waitingAppeals({ tables }: Pick<Own, "tables">, after: string, limit: number): Promise<readonly Appeal[]> {
  const sql = `SELECT ${columns} FROM p_moderation_appeals WHERE state = 'waiting' AND decision_id > ? ORDER BY decision_id LIMIT ${limit}`;
  return (await tables.query<Row>(sql, [after])).map(appealFrom);
}

/** Whether somebody may decide an appeal: not their own, and not about their own decision while there is somebody else. */
export async function mayAnswer(context: Own, by: Account, { accountId, byId }: Appeal): Promise<boolean> {
  if (by.id === accountId) return false;
  if (by.id !== byId) return true;
  const others = await context.people.byRole("moderator");
  return !others.some(({ id }) => id !== by.id && id !== accountId);
}

/** Grants an appeal, which takes all of the decision back, or refuses it. PublicError when somebody else must, or did. */
export async function answerAppeal(
  context: Own,
  by: Account,
  wish: { readonly decisionId: string; readonly isGranted: boolean; readonly answer: string },
): Promise<void> {
  const { decisionId, isGranted } = wish;
  const [found, decision] = [await appealOf(context, decisionId), await decisionById(context, decisionId)];
  if (!found || !decision) throw new PublicError("no-appeal", "There is no such appeal.", 404);
  if (!(await mayAnswer(context, by, found)))
    throw new PublicError("own-decision", "Another moderator decides about an appeal against your decision.", 403);
  const answer = typed(wish.answer, appealLength);
  if (answer === "") throw new PublicError("no-reason", "Give a reason: the person is told it.", 422);
  await context.tables.write(async () => {
    const changed = await context.tables.run(
      "UPDATE p_moderation_appeals SET state = ?, decided_by = ?, answer = ? WHERE decision_id = ? AND state = 'waiting'",
      [isGranted ? "granted" : "refused", by.id, answer, decisionId],
    );
    if (changed === 0) throw new PublicError("answered", "Somebody decided this already.", 409);
    await context.enqueue("finish-appeal", { decisionId }, { key: `finish-appeal ${decisionId}`, in: { seconds: 60 } });
  });
  await finishAppeal(context, decisionId);
}

/** What follows from an answer: the decision is taken back, the person is told. Safe to run twice. */
export async function finishAppeal(context: Own, decisionId: string): Promise<void> {
  const found = await appealOf(context, decisionId);
  // The time stands last: without it, something is still to be done.
  if (!found || found.state === "waiting" || found.decidedAt !== null) return;
  if (found.state === "granted") await undoAll(context, found.decidedBy, decisionId);
  const line = { action: `appeal-${found.state}`, subject: decisionId, accountId: found.decidedBy };
  await context.audit({ ...line, detail: { answer: found.answer.slice(0, 500) } });
  await context.notify(found.accountId, {
    kind: "moderation",
    key: `notice.appeal-${found.state}`,
    values: { answer: found.answer.slice(0, 500) },
    url: `/appeal/${decisionId}`,
    subject: `decision ${decisionId}`,
  });
  await context.tables.run("UPDATE p_moderation_appeals SET decided_at = ? WHERE decision_id = ?", [nowOf(context), decisionId]);
}

/** Tells the moderators who may decide it of an appeal. */
export async function tellAppeal(context: Own, decisionId: string): Promise<void> {
  const found = await appealOf(context, decisionId);
  if (found?.state !== "waiting") return;
  for (const person of await context.people.byRole("moderator"))
    if (await mayAnswer(context, person, found))
      await context.notify(person.id, {
        kind: "moderation",
        key: "notice.appeal",
        url: `/admin/moderation/appeals/${decisionId}`,
        subject: `appeal ${decisionId}`,
      });
}

function appealFrom(row: Row): Appeal {
  const text = (name: string) => row[name] ?? "";
  return {
    decisionId: text("decision_id"),
    accountId: text("account_id"),
    byId: text("by_id"),
    words: text("words"),
    at: text("at"),
    state: text("state") as Appeal["state"],
    decidedBy: text("decided_by"),
    answer: text("answer"),
    decidedAt: row.decided_at ?? null,
  };
}
