import { PublicError, isUlid } from "rookery/plugin";
import { answerAppeal, appealOf, mayAnswer, waitingAppeals } from "../appeals/appeals.ts";
import { actionsOf, decisionById } from "../decisions/history.ts";
import { afterOf, namesOf, ownOf, pageOf, refusalOf, tabsOf, type Request } from "./request.ts";

const each = 30;

/** Appeals that wait for an answer, the oldest first. */
export async function appealsPage(request: Request) {
  const { at } = request;
  const found = await waitingAppeals(ownOf(request), afterOf(request), each + 1);
  const { shown, next } = pageOf(found, each, ({ decisionId }) => `${at("/admin/moderation/appeals")}?after=${decisionId}`);
  const name = namesOf(request);
  const rows = shown.map(async (one) => ({
    name: await name(one.accountId),
    words: one.words.slice(0, 200),
    at: one.at,
    href: at(`/admin/moderation/appeals/${one.decisionId}`),
  }));
  return { template: "appeals", data: { tabs: tabsOf(request, "/appeals"), rows: await Promise.all(rows), next } };
}

/** One appeal beside the decision it is against. */
export async function oneAppealPage(request: Request, problem?: { sentence: string; status: number; answer: string }) {
  const { account, at, context, params } = request;
  const own = ownOf(request);
  const id = isUlid(params.id ?? "") ? params.id! : "";
  const [found, decision] = [await appealOf(own, id), await decisionById(own, id)];
  if (!found || !decision) throw new PublicError("no-appeal", "There is no such appeal.", 404);
  const name = namesOf(request);
  return {
    template: "one-appeal",
    status: problem?.status ?? 200,
    data: {
      appeal: found,
      decision,
      acts: (await actionsOf(own, [id])).map(({ kind }) => context.t(`act.${kind}`)),
      who: await name(found.accountId),
      by: await name(decision.byId),
      decidedBy: await name(found.decidedBy),
      mayAnswer: found.state === "waiting" && (await mayAnswer(own, account!, found)),
      action: at(`/admin/moderation/appeals/${id}`),
      aboutAt: `${at("/admin/moderation/about")}?person=${found.accountId}`,
      backAt: at("/admin/moderation/appeals"),
      answer: problem?.answer ?? "",
      error: problem?.sentence ?? null,
    },
  };
}

/** Grants or refuses it. */
export async function answerForm(request: Request) {
  const { fields } = await request.form();
  const { account, at, context, params } = request;
  const [isGranted, answer] = [fields.get("intent") === "grant", fields.get("answer") ?? ""];
  try {
    await answerAppeal(ownOf(request), account!, { decisionId: params.id ?? "", isGranted, answer });
  } catch (error) {
    return oneAppealPage(request, { ...refusalOf(request, error), answer });
  }
  return request.redirect(at("/admin/moderation/appeals"), context.t(isGranted ? "appeals.granted" : "appeals.refused"));
}
