import { listPanels, writePanel } from "../../../../core/host/panels/panels.ts";
import { spokenIn } from "../../../../core/hooks/scope.ts";
import type { PanelValues } from "../../../../core/host/panels/panel.types.ts";
import { checkValue } from "../../../../core/hooks/field-values.ts";
import type { Fields } from "../../../../core/hooks/fields.ts";
import type { Draft, Json, Post } from "../../../../core/hooks/values.ts";
import { problemSentence } from "../../../components/generated-form/form-problems.ts";
import { sentValues } from "../../../components/generated-form/sent-values.ts";
import type { OnBlog } from "../../../on-blog.ts";
import { refusalFor, type AdminRequest } from "../../../request.ts";
import { choicesHere } from "../../plugins/settings-place.ts";
import type { Typed } from "../typed.ts";
import { formOf, isLeftOut, isShown, startOf } from "./panel-names.ts";
import { inWords, isMeant, unforced } from "./panel-views.ts";

/** A draft with what its panels say; or sentences by the ids of controls, and the panels whose plugins failed. */
export type WithPanels =
  { readonly draft: Draft } | { readonly errors: Readonly<Record<string, string>>; readonly failed: readonly string[] };

type About = {
  readonly draft: Draft;
  readonly before: Post | null;
  /** Nothing is asked for yet. */
  readonly isDraft: boolean;
  /** What is wrong is left out: for a look at it. */
  readonly isPreview?: boolean;
};

/** Puts what was typed into panels into a draft. Panels that the form did not show, or that are not for such a post, change nothing. */
export async function withPanels(request: AdminRequest, place: OnBlog, typed: Typed, about: About): Promise<WithPanels> {
  let { draft } = about;
  const errors: Record<string, string> = {};
  const failed: string[] = [];
  for (const listed of listPanels(place.scope)) {
    const { uid } = listed;
    if (!isShown(typed.panels, uid) || isLeftOut(typed.panels, uid) || !isMeant(listed, typed, about.before)) continue;
    const worded = inWords(request, listed);
    const { values, problems } = await valuesIn(request, place, formOf(typed.panels!, uid), {
      uid,
      fields: about.isDraft ? unforced(worded.panel.fields) : worded.panel.fields,
    });
    if (Object.keys(problems).length > 0 && !about.isPreview) {
      Object.assign(errors, problems);
      continue;
    }
    const written = await writePanel(spokenIn(place.scope, place.language), listed, { values, draft, before: about.before });
    if (written.ok && !("refuse" in written.value)) draft = written.value;
    else if (written.ok && "refuse" in written.value) {
      const { field } = written.value;
      const isOwn = field !== undefined && Object.hasOwn(listed.panel.fields, field);
      errors[isOwn ? startOf(uid) + field : `panel-${uid}`] = refusalFor(request, written.value);
    } else {
      failed.push(uid);
      errors[`panel-${uid}`] = request.t("compose.panel-failed-writing", { title: worded.panel.title });
    }
  }
  return Object.keys(errors).length > 0 && !about.isPreview ? { errors, failed } : { draft };
}

async function valuesIn(
  request: AdminRequest,
  place: OnBlog,
  form: URLSearchParams,
  { uid, fields }: { uid: string; fields: Fields },
) {
  const { choicesOf } = await choicesHere(request, place.blog);
  const sent = await sentValues(form, { fields, choicesOf, timeZone: place.blog.timeZone });
  const values: Record<string, Json> = {};
  const problems = { ...sent.problems };
  for (const [key, value] of Object.entries(sent.values)) {
    const checked = checkValue(fields[key]!, value);
    if (checked.ok) values[key] = checked.value;
    else problems[checked.path === undefined ? key : `${key}.${checked.path}`] = checked.problem;
  }
  const sentences = Object.entries(problems).map(([key, problem]) => [startOf(uid) + key, problemSentence(request.t, problem)]);
  return { values: values as PanelValues, problems: Object.fromEntries(sentences) as Record<string, string> };
}
