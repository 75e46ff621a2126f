import { PublicError, isUlid } from "rookery/plugin";
import { fitting, lengths } from "../decisions/acts.ts";
import { caseById, openCaseOf, type Case } from "../reports/cases.ts";
import { aboutFrom, findTarget, notHere, targetKey, targetOfPerson, type Target } from "../reports/target.ts";
import { mayDecideOn } from "../standing.ts";
import { contentOf } from "./case-content.ts";
import { historyOf } from "./case-history.ts";
import { queueAt } from "./queue.ts";
import { ownOf, type Request } from "./request.ts";

export type Problem = { readonly sentence: string; readonly status: number; readonly fields: URLSearchParams };

/** A case: what was reported, why, by whom, what was before, and what can be done. */
export async function casePage(request: Request) {
  const found = await caseFor(request, request.params.id ?? "");
  return deskView(request, found, found);
}

/** The same for anything here that nobody reported; its open case where there is one. */
export async function aboutPage(request: Request) {
  const target = await namedTarget(request, request.query);
  const open = await openCaseOf(ownOf(request), target);
  return open ? request.redirect(request.at(`/admin/moderation/case/${open.id}`)) : deskView(request, target, null);
}

/** A case by its id. PublicError 404. */
export async function caseFor(request: Request, id: string): Promise<Case> {
  const found = isUlid(id) ? await caseById(ownOf(request), id) : null;
  if (!found) throw new PublicError("no-case", "There is no such case.", 404);
  return found;
}

/** What a form or address of the desk names: a person by their id too, who may be suspended. */
export async function namedTarget(request: Request, fields: URLSearchParams): Promise<Target> {
  const person = fields.get("person") ?? "";
  if (isUlid(person)) return targetOfPerson(ownOf(request), person);
  const about = aboutFrom(fields);
  const target = about && (await findTarget(ownOf(request), request.account, about));
  if (!target) throw notHere();
  return target;
}

/** The page of a target with the form of what can be done. */
export async function deskView(request: Request, target: Target, found: Case | null, problem?: Problem) {
  const { account, at, context, query } = request;
  const said = problem?.fields;
  const person = target.accountId === "" ? null : await context.people.standing(target.accountId);
  const ticked = new Set(said?.getAll("act"));
  return {
    template: "case",
    title: context.t("case.title", { title: target.title || target.url }),
    status: problem?.status ?? 200,
    data: {
      queueAt: at("/admin/moderation"),
      theirsAt: target.accountId === "" ? null : queueAt(request, { person: target.accountId }),
      target: { ...target, kindName: context.t(`kind.${target.kind}`) },
      found,
      ...(await contentOf(request, target)),
      ...(await historyOf(request, { target, found, key: targetKey(target), before: query.get("before") ?? "" })),
      person: person && {
        ...person,
        role: context.t(`role.${person.account.role}`),
        stateName: context.t(`state.${person.state}`),
      },
      mayDecide: mayDecideOn(account!, person?.account ?? null),
      acts: fitting(target, context.site.url).map((kind) => ({
        kind,
        label: context.t(`act.${kind}`),
        hint: context.t(`act.${kind}-help`),
        isTicked: ticked.has(kind),
      })),
      lengths: Object.keys(lengths).map((value) => ({ value, label: context.t(`length.${value}`) })),
      length: said?.get("length") ?? "open",
      reason: said?.get("reason") ?? "",
      withBlogs: said ? said.has("withBlogs") : true,
      closes: said ? said.has("close") : true,
      names: namesIn(target, found),
      applyAt: at("/admin/moderation/apply"),
      noteAt: at("/admin/moderation/note"),
      undoAt: at("/admin/moderation/undo"),
      error: problem?.sentence ?? null,
    },
  };
}

// What a form sends back so that the same is found again.
function namesIn(target: Target, found: Case | null): readonly { readonly name: string; readonly value: string }[] {
  if (found) return [{ name: "case", value: found.id }];
  if (target.kind === "person") return [{ name: "person", value: target.subjectId }];
  return target.number > 0 ? [{ name: "number", value: String(target.number) }] : [{ name: "url", value: target.url }];
}
