import { isUlid } from "rookery/plugin";
import { actionsOf, decisionsIn } from "../decisions/history.ts";
import { canUndo, undo } from "../decisions/undo.ts";
import { closedCases } from "../reports/cases.ts";
import { rowOf } from "./queue.ts";
import { namesOf, ownOf, pageOf, refusalOf, tabsOf, type Request } from "./request.ts";

const each = 30;

/** What was closed, the latest first, with what came of it: mistakes are found here, and taken back. */
export async function decidedPage(request: Request, problem?: { sentence: string; status: number }) {
  const { at, context } = request;
  const own = ownOf(request);
  const found = await closedCases(own, beforeOf(request), each + 1);
  const here = at("/admin/moderation/decided");
  const next = ({ closedAt, id }: (typeof found)[number]) => `${here}?before=${encodeURIComponent(`${closedAt} ${id}`)}`;
  const page = pageOf(found, each, next);
  const actions = await actionsIn(request, idsOf(page.shown));
  const name = namesOf(request);
  const rows = page.shown.map(async (one) => ({
    ...(await rowOf(request, one)),
    closedAt: one.closedAt,
    by: await name(one.closedBy),
    acts: (actions.get(one.id) ?? []).map(({ kind, state }) => ({
      text: context.t(`act.${kind}`),
      state: context.t(`action-state.${state}`),
    })),
    canUndo: (actions.get(one.id) ?? []).some((action) => canUndo(action, context.clock.now())),
  }));
  return {
    template: "decided",
    status: problem?.status ?? 200,
    data: {
      tabs: tabsOf(request, "/decided"),
      rows: await Promise.all(rows),
      next: page.next,
      action: here,
      error: problem?.sentence ?? null,
    },
  };
}

/** Takes back what was decided in all cases that are ticked. */
export async function decidedForm(request: Request) {
  const { fields } = await request.form();
  const { at, context, account } = request;
  const ids = [...new Set(fields.getAll("case"))].filter((id) => isUlid(id)).slice(0, each);
  if (ids.length === 0) return decidedPage(request, { sentence: context.t("error.no-rows"), status: 422 });
  const actions = await actionsIn(request, ids);
  let [done, not] = [0, 0];
  for (const action of [...actions.values()].flat()) {
    if (!canUndo(action, context.clock.now())) continue;
    try {
      await undo(ownOf(request), account!, action.id);
      done++;
    } catch (error) {
      refusalOf(request, error);
      not++;
    }
  }
  const words = [context.t("decided.undone", { n: done }), ...(not > 0 ? [context.t("decided.not", { n: not })] : [])];
  return request.redirect(at("/admin/moderation/decided"), words.join(" "));
}

/** What was done in cases, by their ids. */
async function actionsIn(request: Request, caseIds: readonly string[]) {
  const own = ownOf(request);
  const decisions = await decisionsIn(own, caseIds);
  const caseOf = new Map(decisions.map(({ id, caseId }) => [id, caseId]));
  return Map.groupBy(await actionsOf(own, idsOf(decisions)), ({ decisionId }) => caseOf.get(decisionId)!);
}

const idsOf = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id);

const beforeOf = ({ query }: Request): string => {
  const before = query.get("before") ?? "";
  return /^[0-9T:.Z-]{24} [0-9A-Z]{26}$/.test(before) ? before : "";
};
