import { PublicError } from "rookery/plugin";
import { actKinds } from "../decisions/acts.ts";
import { decide } from "../decisions/decide.ts";
import { undo } from "../decisions/undo.ts";
import { addNote } from "../notes.ts";
import { closeCase, type Case } from "../reports/cases.ts";
import { targetKey, type Target } from "../reports/target.ts";
import { caseFor, deskView, namedTarget } from "./case.ts";
import { noteSubject } from "./case-history.ts";
import { ownOf, refusalOf, type Request } from "./request.ts";

/** Does what is ticked, and closes the case unless that tick was taken away. */
export async function applyForm(request: Request) {
  const { fields } = await request.form();
  const { at, context } = request;
  const { target, found } = await meant(request, fields);
  const acts = actKinds.filter((kind) => fields.getAll("act").includes(kind));
  const closes = found !== null && fields.has("close");
  const reason = fields.get("reason") ?? "";
  const words: string[] = [];
  try {
    // Without a tick the case can still be closed: nothing was wrong.
    if (acts.length === 0 && closes) await closeAlone(request, found.id, reason);
    else {
      const wish = { by: request.account!, target, acts, reason, caseId: found?.id ?? "", closes };
      const { failed } = await decide(ownOf(request), {
        ...wish,
        length: fields.get("length") ?? "",
        withBlogs: fields.has("withBlogs"),
      });
      words.push(context.t("case.applied"));
      if (failed.length > 0)
        words.push(context.t("case.failed", { what: failed.map((kind) => context.t(`act.${kind}`)).join(", ") }));
    }
  } catch (error) {
    return deskView(request, target, found, { ...refusalOf(request, error), fields });
  }
  if (closes) words.push(context.t("case.closed"));
  // What somebody suspended said may be gone from here with them: it is taken back on their own page.
  const isAway = !found && acts.includes("suspend") && target.accountId !== "";
  const there = isAway ? `${at("/admin/moderation/about")}?person=${target.accountId}` : pageOf(request, target, found);
  return request.redirect(closes ? at("/admin/moderation") : there, words.join(" "));
}

/** Takes one action back. */
export async function undoForm(request: Request) {
  const { fields } = await request.form();
  const { target, found } = await meant(request, fields);
  try {
    await undo(ownOf(request), request.account!, fields.get("action") ?? "");
  } catch (error) {
    return deskView(request, target, found, { ...refusalOf(request, error), fields });
  }
  return request.redirect(pageOf(request, target, found), request.context.t("case.undone"));
}

/** Writes a note for the other moderators. */
export async function noteForm(request: Request) {
  const { fields } = await request.form();
  const { target, found } = await meant(request, fields);
  try {
    const subject = noteSubject(target, targetKey(target));
    await addNote(ownOf(request), request.account!, subject, fields.get("note") ?? "");
  } catch (error) {
    return deskView(request, target, found, { ...refusalOf(request, error), fields });
  }
  return request.redirect(pageOf(request, target, found), request.context.t("case.noted"));
}

async function closeAlone(request: Request, id: string, reason: string): Promise<void> {
  if (!(await closeCase(ownOf(request), id, request.account!.id, reason)))
    throw new PublicError("answered", "Somebody decided this already.", 409);
}

async function meant(request: Request, fields: URLSearchParams): Promise<{ target: Target; found: Case | null }> {
  const id = fields.get("case") ?? "";
  const found = id === "" ? null : await caseFor(request, id);
  return { target: found ?? (await namedTarget(request, fields)), found };
}

function pageOf({ at }: Request, target: Target, found: Case | null): string {
  if (found) return at(`/admin/moderation/case/${found.id}`);
  const name = target.kind === "person" ? `person=${target.subjectId}` : target.number > 0 ? `number=${target.number}` : null;
  return `${at("/admin/moderation/about")}?${name ?? `url=${encodeURIComponent(target.url)}`}`;
}
