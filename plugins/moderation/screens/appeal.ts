import { PublicError, isUlid } from "rookery/plugin";
import { appeal, appealLength, appealOf, isInTime } from "../appeals/appeals.ts";
import { fitsSignedWord } from "../appeals/at-sign-in.ts";
import { fitsLink } from "../appeals/link.ts";
import { actionsOf, decisionById, decisionsAbout, type Decision } from "../decisions/history.ts";
import { ownOf, refusalOf, type Request } from "./request.ts";

/** What was decided about somebody, for themselves. */
export async function ownDecisionsPage(request: Request) {
  const { account, at, context } = request;
  const decisions = await decisionsAbout(ownOf(request), account!.id);
  const actions = await actionsOf(
    ownOf(request),
    decisions.map(({ id }) => id),
  );
  const rows = decisions.map((one) => ({
    ...one,
    href: at(`/appeal/${one.id}`),
    acts: actions.filter(({ decisionId }) => decisionId === one.id).map(({ kind }) => context.t(`told.${kind}`)),
  }));
  return { template: "own-decisions", data: { rows, guidelinesAt: at("/guidelines") } };
}

/** One decision, for whom it is about: what, why, until when, and an appeal. With the mailed link also without signing in. */
export async function appealPage(request: Request, problem?: { sentence: string; status: number; words: string }) {
  const { at, context } = request;
  const decision = await theirs(request, request.query.get("key") ?? "");
  return view(request, decision, { at, t: context.t, key: request.query.get("key") ?? "", problem });
}

/** Takes an appeal in. */
export async function appealForm(request: Request) {
  const { fields } = await request.form();
  const { at, context } = request;
  const key = fields.get("key") ?? "";
  const decision = await theirs(request, key);
  const words = fields.get("words") ?? "";
  try {
    await context.limit(`appeal ${decision.id}`, { times: 10, seconds: 3_600 });
    await appeal(ownOf(request), decision, words);
  } catch (error) {
    const problem = { ...refusalOf(request, error), words: words.slice(0, 4 * appealLength) };
    return view(request, decision, { at, t: context.t, key, problem });
  }
  const query = key === "" ? "" : `?key=${encodeURIComponent(key)}`;
  return request.redirect(`${at(`/appeal/${decision.id}`)}${query}`, context.t("appeal.sent"));
}

type Shown = {
  readonly at: Request["at"];
  readonly t: Request["context"]["t"];
  readonly key: string;
  readonly problem: { readonly sentence: string; readonly status: number; readonly words: string } | undefined;
};

async function view(request: Request, decision: Decision, { at, t, key, problem }: Shown) {
  const context = ownOf(request);
  const [actions, said] = [await actionsOf(context, [decision.id]), await appealOf(context, decision.id)];
  const acts = actions
    .filter(({ state }) => state !== "failed")
    .map(({ kind, state }) => ({
      text: t(`told.${kind}`),
      isBack: state === "undone" || state === "ended" || state === "undoing",
    }));
  return {
    template: "appeal",
    status: problem?.status ?? 200,
    data: {
      decision,
      acts,
      appeal: said,
      canAppeal: !said && acts.some(({ isBack }) => !isBack) && isInTime(decision, context.clock.now()),
      action: at(`/appeal/${decision.id}`),
      key,
      words: problem?.words ?? "",
      error: problem?.sentence ?? null,
      guidelinesAt: at("/guidelines"),
    },
  };
}

// Whoever it is about, signed in or with the word that was mailed, or given at the sign-in; nobody else learns that there is such a decision.
async function theirs(request: Request, key: string): Promise<Decision> {
  const id = request.params.id ?? "";
  const decision = isUlid(id) ? await decisionById(ownOf(request), id) : null;
  const isTheirs = decision && request.account !== null && decision.accountId === request.account.id;
  const fits = decision !== null && (fitsLink(decision, key) || (await fitsSignedWord(ownOf(request), decision, key)));
  if (!decision || !(isTheirs || fits))
    throw new PublicError("no-decision", "There is no such decision, or it is about somebody else.", 404);
  return decision;
}
