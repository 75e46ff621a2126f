import { randomUUID } from "node:crypto";
import type { Post } from "../../../core/hooks/values.ts";
import { autosave, othersText, storedOf } from "../../../core/posts/autosave/autosave.ts";
import { discardEdit } from "../../../core/posts/autosave/edits.ts";
import { publish } from "../../../core/posts/publish.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import type { OnBlog } from "../../on-blog.ts";
import { refusalFor, type AdminRequest } from "../../request.ts";
import { record } from "../posts/record.ts";
import { differences } from "./differences.ts";
import { draftOf } from "./draft.ts";
import { draftIn } from "./half-typed.ts";
import { composerPage } from "./page.ts";
import { withPanels } from "./panels/take-panels.ts";
import { fieldsOfForm, pageOf, typedFields } from "./sent-fields.ts";
import { typedOf } from "./standing-text.ts";
import type { Typed } from "./typed.ts";

/** A composer that was sent, and the post it is about. */
export type Sent = { readonly typed: Typed; readonly post: Post };

/** Both texts side by side, with everything typed still in the form: sent once more, it replaces the other text. */
export async function conflictPage(request: AdminRequest, place: OnBlog, { typed, post }: Sent): Promise<ScreenReply> {
  const stored = await storedOf(place.scope, post);
  const other = othersText(stored);
  const theirs = await typedOf(place, other);
  const words = ({ name, content }: Typed) => (name === "" ? content : `${name}\n\n${content}`);
  const conflict = {
    ...differences(words(typed), words(theirs)),
    version: stored.version,
    savedAt: other.edit?.savedAt ?? post.updatedAt,
  };
  return composerPage(request, place, { ...typed, version: stored.version }, { post, conflict, status: 409 });
}

/** Stores what was typed without publishing it: in the draft, or beside the post. */
export async function keepTyped(
  request: AdminRequest,
  place: OnBlog,
  { typed, post }: Sent,
  { expected, flash }: { expected: string; flash: string },
): Promise<ScreenReply> {
  const { fields } = await request.form();
  const photos = { "photo[]": typed.photos.map(({ value }) => value), "mp-photo-alt[]": typed.photos.map(({ alt }) => alt) };
  const audio = typed.audio && {
    "audio[]": typed.audio.map(({ value }) => value),
    "mp-audio-title[]": typed.audio.map(({ title }) => title),
  };
  const sent = typedFields({ ...fieldsOfForm(fields), ...photos, ...audio });
  const draft = await draftIn(place, sent, post);
  const answer = await autosave(place.scope, { key: post.id, draft, fields: sent, page: pageOf(fields), expected }, post);
  if (answer.isSaved) return request.redirect(place.at(`/posts/${post.id}/edit`), flash);
  if ("refusal" in answer)
    return composerPage(request, place, typed, { post, errors: { content: refusalFor(request, answer.refusal) }, status: 422 });
  return conflictPage(request, place, { typed, post: answer.conflict?.post ?? post });
}

/** Stores what was typed as a draft of its own; the post it was about stays as it is. */
export async function saveAsNew(request: AdminRequest, place: OnBlog, { typed, post }: Sent): Promise<ScreenReply> {
  const fresh = { ...typed, draftKey: randomUUID(), version: "", slug: "" };
  const drafted = await draftOf(place, fresh, "draft", null);
  if ("errors" in drafted) return composerPage(request, place, typed, { post, errors: drafted.errors, status: 422 });
  const made = await withPanels(request, place, fresh, { draft: drafted.draft, before: null, isDraft: true });
  if ("errors" in made)
    return composerPage(request, place, typed, { post, errors: made.errors, failedPanels: made.failed, status: 422 });
  const outcome = await publish(place.scope, made.draft);
  if (!outcome.ok)
    return composerPage(request, place, typed, { post, errors: { content: refusalFor(request, outcome.refusal) }, status: 422 });
  return request.redirect(place.at(`/posts/${outcome.post.id}/edit`), request.t("compose.saved-as-new"));
}

/** Takes changes that readers do not see yet away, or brings them back. */
export async function putAside(request: AdminRequest, place: OnBlog, post: Post, isAway: boolean): Promise<ScreenReply> {
  if (await discardEdit(place.scope, post.id, isAway))
    await record(place, isAway ? "post.changes-discarded" : "post.changes-brought-back", post.id);
  const flash = request.t(isAway ? "compose.pending-discarded" : "compose.pending-back");
  return request.redirect(place.at(`/posts/${post.id}/edit`), flash);
}

/** Whether a stored post is what a form says, so that a second sending of it has nothing more to do. */
export function saysTheSame(post: Post, typed: Typed): boolean {
  return (
    post.title === typed.name.trim() &&
    post.source.trimEnd() === typed.content.trimEnd() &&
    JSON.stringify(post.photos.map(({ alt }) => alt)) === JSON.stringify(typed.photos.map(({ alt }) => alt)) &&
    (typed.audio === null || soundOf(post.audio) === soundOf(typed.audio))
  );
}

const soundOf = (audio: readonly { readonly url: string; readonly title?: string }[]): string =>
  JSON.stringify(audio.map(({ url, title = "" }) => [url, title]));
