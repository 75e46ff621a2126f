import { actionsOf, decisionsAbout, decisionsIn } from "../decisions/history.ts";
import { canUndo } from "../decisions/undo.ts";
import { notesOf } from "../notes.ts";
import { earlierCases, type Case } from "../reports/cases.ts";
import type { Target } from "../reports/target.ts";
import { namesOf, ownOf, pageOf, type Request } from "./request.ts";
import { rowOf } from "./queue.ts";

const each = 50;

type Asked = { readonly target: Target; readonly found: Case | null; readonly key: string; readonly before: string };

/** What was said and decided about a target and its person before. */
export async function historyOf(request: Request, { target, found, key, before }: Asked) {
  const context = ownOf(request);
  const name = namesOf(request);
  const earlier = await earlierCases(context, { accountId: target.accountId, key });
  const reports = found ? await reportsOf(request, found.id, before) : { shown: [], next: null };
  const subject = noteSubject(target, key);
  const notes = await notesOf(context, subject);
  return {
    subject,
    reports: await Promise.all(
      reports.shown.map(async (one) => ({
        ...one,
        category: context.t(`category.${one.category}`),
        by: await name(one.account_id),
      })),
    ),
    moreReports: reports.next,
    decisions: await decisionRows(request, target, earlier),
    cases: await Promise.all(earlier.filter(({ id }) => id !== found?.id).map((one) => caseRow(request, one))),
    notes: await Promise.all(notes.map(async (one) => ({ ...one, by: await name(one.by) }))),
  };
}

/** What notes are kept under: the person, or the thing of nobody here. */
export const noteSubject = ({ accountId }: Pick<Target, "accountId">, key: string): string =>
  accountId === "" ? key : `account ${accountId}`;

async function reportsOf(request: Request, caseId: string, before: string) {
  const from = /^[0-9A-Z]{26}$/.test(before) ? before : "~";
  const sql = `SELECT id, account_id, category, note, at FROM p_moderation_reports WHERE case_id = ? AND id < ? ORDER BY id DESC LIMIT ${each + 1}`;
  const rows = await ownOf(request).tables.query<Record<"id" | "account_id" | "category" | "note" | "at", string>>(sql, [
    caseId,
    from,
  ]);
  return pageOf(rows, each, ({ id }) => `${request.at(`/admin/moderation/case/${caseId}`)}?before=${id}`);
}

async function decisionRows(request: Request, { accountId }: Target, earlier: readonly Case[]) {
  const context = ownOf(request);
  const name = namesOf(request);
  const ids = earlier.map(({ id }) => id);
  const decisions = accountId === "" ? await decisionsIn(context, ids) : await decisionsAbout(context, accountId);
  const actions = await actionsOf(
    context,
    decisions.map(({ id }) => id),
  );
  return Promise.all(
    decisions.map(async (one) => ({
      ...one,
      by: await name(one.byId),
      acts: actions
        .filter(({ decisionId }) => decisionId === one.id)
        .map((action) => ({
          id: action.id,
          label: context.t(`act.${action.kind}`),
          state: context.t(`action-state.${action.state}`),
          canUndo: canUndo(action, context.clock.now()),
        })),
    })),
  );
}

async function caseRow(request: Request, one: Case) {
  return { ...(await rowOf(request, one)), isOpen: one.isOpen };
}
