import { isFor, listPanels, readPanel, wordedPanel, type ListedPanel } from "../../../../core/host/panels/panels.ts";
import { wordsOf } from "../../../../core/host/plugin-words.ts";
import type { Field, Fields } from "../../../../core/hooks/fields.ts";
import type { Post } from "../../../../core/hooks/values.ts";
import { generatedForm } from "../../../components/generated-form/controls.ts";
import type { Control, GeneratedForm } from "../../../components/generated-form/form.types.ts";
import { prefix } from "../../../components/generated-form/sent-values.ts";
import type { OnBlog } from "../../../on-blog.ts";
import type { AdminRequest } from "../../../request.ts";
import { choicesHere } from "../../plugins/settings-place.ts";
import type { Typed } from "../typed.ts";
import { formOf, isLeftOut, isShown, startOf } from "./panel-names.ts";

/** A panel as the composer draws it; without a form its plugin failed, and what is stored stays as it is. */
export type PanelView = {
  readonly uid: string;
  readonly title: string;
  readonly form: GeneratedForm | null;
  /** Which posts it is for: as JSON for the script, and what people are told. */
  readonly when: string;
  readonly about: "audio" | "photos" | "kinds" | null;
  readonly error: string | null;
  /** The plugin failed to take what was typed: the post can go out without it. */
  readonly mayLeaveOut: boolean;
  readonly isLeftOut: boolean;
  /** Something in it is wrong. */
  readonly hasProblem: boolean;
};

export type PanelState = {
  readonly post: Post | null;
  /** Sentences by the ids of controls. */
  readonly errors: Readonly<Record<string, string>>;
  /** The panels whose plugins failed to take what was typed. */
  readonly failed?: readonly string[];
  /** The entry of a list that gets the focus. */
  readonly focus?: string;
};

/** The panels of a composer, with what was typed or else with what the post says. */
export async function panelViews(
  request: AdminRequest,
  place: OnBlog,
  typed: Typed,
  state: PanelState,
): Promise<readonly PanelView[]> {
  const all = listPanels(place.scope).filter(({ panel }) => typed.kind !== "page" || panel.when?.kinds?.includes("page"));
  return Promise.all(all.map((listed) => viewOf(request, place, typed, { ...state, listed: inWords(request, listed) })));
}

/** A panel in the reader's language. */
export function inWords({ house, language }: Pick<AdminRequest, "house" | "language">, listed: ListedPanel): ListedPanel {
  return { ...listed, panel: wordedPanel(listed.panel, wordsOf(house.catalogues, listed.folder, language)) };
}

/** The kind a post will have by what stands in the form; one that readers know keeps its own. */
export function kindIn(typed: Typed, post: Post | null): string {
  return fixedKind(typed, post) || kindTyped(typed, post);
}

/** Whether a panel is for the post that stands in the form. */
export function isMeant({ panel }: ListedPanel, typed: Typed, post: Post | null): boolean {
  return isFor(panel.when, {
    kind: kindIn(typed, post),
    hasAudio: (typed.audio ?? post?.audio ?? []).length > 0,
    hasPhotos: typed.photos.length > 0,
  });
}

/** The kind that nothing in the form changes any more; empty while it is open. */
export function fixedKind(typed: Typed, post: Post | null): string {
  if (post && (post.status !== "draft" || !open.has(post.kind))) return post.kind;
  return typed.kind;
}

const open = new Set(["reply", "bookmark", "audio", "article", "photo", "note"]);

function kindTyped({ inReplyTo, name, photos, audio }: Typed, post: Post | null): string {
  if (inReplyTo !== "") return "reply";
  if ((audio ?? post?.audio ?? []).length > 0) return "audio";
  if (name !== "") return "article";
  return photos.length > 0 ? "photo" : "note";
}

async function viewOf(
  request: AdminRequest,
  place: OnBlog,
  typed: Typed,
  { post, errors, failed, focus, listed }: PanelState & { readonly listed: ListedPanel },
): Promise<PanelView> {
  const { uid, panel } = listed;
  const sent = typed.panels && isShown(typed.panels, uid) ? formOf(typed.panels, uid) : undefined;
  const stored = sent || !post ? null : await readPanel(place.scope, listed, post);
  const { choicesOf } = await choicesHere(request, place.blog);
  const start = startOf(uid);
  const own = Object.entries(errors).filter(([name]) => name.startsWith(start));
  const sentences = Object.fromEntries(own.map(([name, text]) => [prefix + name.slice(start.length), text]));
  const parts = {
    fields: unforced(panel.fields),
    stored: stored?.ok ? stored.value : {},
    choicesOf,
    timeZone: place.blog.timeZone,
    sentences,
    ...(sent && { sent }),
    ...(focus?.startsWith(start) && { focus: prefix + focus.slice(start.length) }),
  };
  const error = errors[`panel-${uid}`] ?? null;
  return {
    uid,
    title: panel.title,
    form: stored?.ok === false ? null : renamed(await generatedForm(parts), uid),
    when: JSON.stringify(panel.when ?? {}),
    about: panel.when?.audio ? "audio" : panel.when?.photos ? "photos" : panel.when?.kinds ? "kinds" : null,
    error,
    mayLeaveOut: failed?.includes(uid) ?? false,
    isLeftOut: isLeftOut(typed.panels, uid),
    hasProblem: error !== null || own.length > 0 || (focus?.startsWith(start) ?? false),
  };
}

/** Fields that a form does not insist on: a draft may lack anything, and what is folded away cannot be asked for by the browser. */
export function unforced(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, { required: _required, ...field }]): [string, Field] => [
      key,
      { ...field, ...(field.fields && { fields: unforced(field.fields) }) },
    ]),
  );
}

// Several panels stand in one form: each has names of its own.
function renamed(form: GeneratedForm, uid: string): GeneratedForm {
  const start = startOf(uid);
  const rename = (control: Control): Control => ({
    ...control,
    name: start + control.name.slice(prefix.length),
    key: `${uid}.${control.key}`,
    rows: control.rows.map((row) => ({ ...row, controls: row.controls.map(rename) })),
  });
  return { ...form, groups: form.groups.map((group) => ({ ...group, controls: group.controls.map(rename) })) };
}
