import { categories } from "../api.ts";
import { ageOfForm, formWord } from "../reports/form-guard.ts";
import { noteLength, report } from "../reports/report.ts";
import { aboutFrom, findTarget, notHere } from "../reports/target.ts";
import { ownOf, refusalOf, type Request } from "./request.ts";

type Problem = { readonly sentence: string; readonly status: number; readonly fields: URLSearchParams };

/** What is reported, and a form that says why. */
export async function reportPage(request: Request, problem?: Problem) {
  const { account, at, context, query } = request;
  const said = problem?.fields ?? query;
  const about = aboutFrom(said);
  const target = about && (await findTarget(ownOf(request), account, about));
  if (!about || !target) throw notHere();
  const isClosed = !account && !context.settings.visitors;
  return {
    template: "report",
    status: problem?.status ?? 200,
    data: {
      target,
      about: Object.entries(about).map(([name, value]) => ({ name, value: String(value) })),
      action: at("/report"),
      guidelinesAt: at("/guidelines"),
      isVisitor: account === null,
      isClosed,
      signInAt: `/signin?next=${encodeURIComponent(`${at("/report")}?${new URLSearchParams(query)}`)}`,
      word: account ? "" : (problem?.fields.get("word") ?? (await formWord(ownOf(request)))),
      categories: categories.map((one) => ({ value: one, label: context.t(`category.${one}`) })),
      category: said.get("category") ?? "",
      note: (said.get("note") ?? "").slice(0, 4 * noteLength),
      error: problem?.sentence ?? null,
    },
  };
}

/** Takes a report in. */
export async function reportForm(request: Request) {
  const { fields } = await request.form();
  const { account, address, at } = request;
  const context = ownOf(request);
  const thanks = () => request.redirect(at("/report/thanks"));
  const again = (key: string) => ({ sentence: context.t(`error.${key}`), status: 422, fields });
  // A field that nobody sees, filled in by programs only: they may think it went well.
  if ((fields.get("website") ?? "") !== "") return thanks();
  const age = account ? "good" : await ageOfForm(context, fields.get("word") ?? "");
  if (age === "early") return reportPage(request, again("early"));
  if (age === "stale") {
    fields.delete("word");
    return reportPage(request, again("stale"));
  }
  const about = aboutFrom(fields);
  if (!about) throw notHere();
  const said = { about, category: fields.get("category") ?? "", note: fields.get("note") ?? "" };
  try {
    await report(context, { account, address }, said);
  } catch (error) {
    return reportPage(request, { ...refusalOf(request, error), fields });
  }
  return thanks();
}

/** That it arrived, and what comes next. */
export function thanksPage({ at, account }: Request) {
  return { template: "thanks", data: { guidelinesAt: at("/guidelines"), isVisitor: account === null } };
}
