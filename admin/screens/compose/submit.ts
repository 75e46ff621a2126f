import type { Post, Refusal } from "../../../core/hooks/values.ts";
import { settleEdit } from "../../../core/posts/autosave/edits.ts";
import { publish } from "../../../core/posts/publish.ts";
import { postById } from "../../../core/posts/read.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { all, one } from "../../fields.ts";
import { refusalFor, type AdminRequest } from "../../request.ts";
import type { OnBlog } from "../../on-blog.ts";
import { audioIn, audioOfPost } from "./audio/audio.ts";
import { conflictPage, keepTyped, putAside, saveAsNew, saysTheSame, type Sent } from "./conflict.ts";
import { draftOf } from "./draft.ts";
import { composerPage } from "./page.ts";
import { panelListButton, takePanelPictures } from "./panels/change-panels.ts";
import { withPanels } from "./panels/take-panels.ts";
import { photosIn, photosOfPost } from "./photos.ts";
import { previewPage } from "./preview.ts";
import { pageOf } from "./sent-fields.ts";
import { seenVersion } from "./standing-text.ts";
import { rememberTargets } from "./remembered.ts";
import { rearrange } from "./rearrange.ts";
import { noteStored, saidOf, updateCopies } from "./stored.ts";
import { typedIn, type Typed } from "./typed.ts";

/** Takes a sent composer: stores it, previews it, or comes back with everything that was typed. */
export async function submit(request: AdminRequest, place: OnBlog, post: Post | null) {
  const { fields } = await request.form();
  if (post && ["discard", "bring-back"].includes(one(fields, "intent")))
    return putAside(request, place, post, one(fields, "intent") === "discard");
  const { photos, problems } = await photosIn(request, place, post ? await photosOfPost(place, post) : []);
  const sound = await audioIn(request, place, post ? await audioOfPost(place, post) : []);
  const form = typedIn(fields, { photos, audio: sound.audio });
  const { typed, problems: inPanels } = await takePanelPictures(request, place, form);
  const intent = one(fields, "intent") || "publish";
  const errors = {
    ...(problems.length > 0 ? { photo: problems.join(" ") } : {}),
    ...(sound.problems.length > 0 ? { audio: sound.problems.join(" ") } : {}),
    ...inPanels,
  };
  if (Object.keys(errors).length > 0) return composerPage(request, place, typed, { post, errors, status: 422 });

  const listed = panelListButton(typed, intent);
  if (listed) return composerPage(request, place, listed.typed, { post, focus: listed.focus });
  const rearranged = rearrange(typed, intent);
  if (intent === "schedule") return submitAs(request, place, post, { ...typed, when: "schedule" });
  if (rearranged) return composerPage(request, place, rearranged, { post });
  if (intent === "preview") return previewPage(request, place, typed, post);
  return submitAs(request, place, post, typed);
}

async function submitAs(request: AdminRequest, place: OnBlog, post: Post | null, typed: Typed) {
  const { fields } = await request.form();
  const intent = one(fields, "intent") || "publish";
  if (post) {
    const kept = await keptInstead(request, place, { typed, post }, intent);
    if (kept) return kept;
  }
  return store(request, place, { typed, post, wantsDraft: intent === "draft" });
}

// What stores the text somewhere else than in what readers see, or only compares it.
async function keptInstead(request: AdminRequest, place: OnBlog, sent: Sent, intent: string): Promise<ScreenReply | null> {
  const { fields } = await request.form();
  const { typed, post } = sent;
  if (intent === "compare") return conflictPage(request, place, sent);
  if (intent === "new-draft") return saveAsNew(request, place, sent);
  if (intent === "keep-mine")
    return keepTyped(request, place, sent, { expected: one(fields, "against"), flash: request.t("compose.kept-mine") });
  if (intent === "draft" && post.status === "published")
    return keepTyped(request, place, sent, { expected: typed.version, flash: request.t("compose.kept-beside") });
  return null;
}

async function store(
  request: AdminRequest,
  place: OnBlog,
  { typed, post, wantsDraft }: { typed: Typed; post: Post | null; wantsDraft: boolean },
) {
  const isDraft = wantsDraft || !place.may("post.publish", post ?? undefined);
  const unasked = isDraft ? null : await altQuestion(request, place, typed, post);
  if (unasked) return unasked;
  const page = pageOf((await request.form()).fields);
  const version = post ? await seenVersion(place, typed, post, page) : "";
  const drafted = await draftOf(place, { ...typed, version }, isDraft ? "draft" : "published", post);
  if ("errors" in drafted) return composerPage(request, place, typed, { post, errors: drafted.errors, status: 422 });
  const { fields } = await request.form();
  const asked = { update: all(fields, "also-update"), replace: all(fields, "also-replace") };
  const made = await withPanels(request, place, typed, { draft: drafted.draft, before: post, isDraft });
  if ("errors" in made)
    return composerPage(request, place, typed, { post, errors: made.errors, failedPanels: made.failed, status: 422 });
  const outcome = await publish(place.scope, made.draft, {
    // The form asked of each copy; elsewhere the rules of their targets count.
    ...(one(fields, "targets") === "shown" && { copies: "keep" }),
    also: async (db, [stored]) => {
      if (!stored?.ok) return;
      await settleEdit(place.scope, db, stored.post.id, { version, page });
      await noteStored(place, db, stored.post, post);
      await updateCopies(place, db, stored.post, asked);
    },
  });
  if (!outcome.ok) return refused(request, place, { typed, post, isDraft, refusal: outcome.refusal });
  await rememberTargets(request, place, typed);
  // The key was used before: by this form, sent twice, or by another that says something else.
  if (!post && !outcome.isNew && !saysTheSame(outcome.post, typed))
    return conflictPage(request, place, { typed, post: outcome.post });
  return request.redirect(place.at(`/posts/${outcome.post.id}`), await saidOf(request, place, outcome.post, post));
}

// Somebody who asked for it is reminded of descriptions before a post goes out, once.
async function altQuestion(request: AdminRequest, place: OnBlog, typed: Typed, post: Post | null) {
  const n = typed.photos.filter(({ alt, isDecorative }) => alt.trim() === "" && !isDecorative).length;
  const { fields } = await request.form();
  if (n === 0 || request.preference("altReminder") !== "confirm" || one(fields, "alt-confirmed") === "on") return null;
  const errors = { photo: request.t("compose.alt-missing", { n }) };
  return composerPage(request, place, typed, { post, errors, asksAlt: true, status: 422 });
}

async function refused(
  request: AdminRequest,
  place: OnBlog,
  { typed, post, isDraft, refusal }: { typed: Typed; post: Post | null; isDraft: boolean; refusal: Refusal },
) {
  const status = refusal.status ?? 422;
  const names: Readonly<Record<string, string>> = {
    title: "name",
    slug: "mp-slug",
    publishedAt: "published",
    categories: "category",
    photos: "photo",
  };
  const field = names[refusal.field ?? ""] ?? (refusal.field && refusal.field !== "version" ? refusal.field : "content");
  const now = status === 409 && post ? await postById(place.scope, post.id) : null;
  if (!now) return composerPage(request, place, typed, { post, errors: { [field]: refusalFor(request, refusal) }, status });
  // A double click: the first of the two stored it already.
  if (saysTheSame(now, typed) && isDraft === (now.status === "draft"))
    return request.redirect(place.at(`/posts/${now.id}`), await saidOf(request, place, now, null));
  return conflictPage(request, place, { typed, post: now });
}
