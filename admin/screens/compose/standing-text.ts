import type { Post } from "../../../core/hooks/values.ts";
import { isExpected, storedOf, type Stored } from "../../../core/posts/autosave/autosave.ts";
import { editOf, readVersion, shownVersion } from "../../../core/posts/autosave/edits.ts";
import type { OnBlog } from "../../on-blog.ts";
import { audioNamed, audioOfPost } from "./audio/audio.ts";
import { photosNamed, photosOfPost } from "./photos.ts";
import { asForm, overlay } from "./sent-fields.ts";
import { typedFrom, typedIn, type Typed } from "./typed.ts";

/** What the composer shows for a post: its text, or what its reader left there unfinished. */
export type StandingText = {
  readonly typed: Typed;
  /** When changes were saved that readers do not see yet; null when there are none. */
  readonly pendingSince: string | null;
  /** When changes were discarded that can be brought back. */
  readonly discardedSince: string | null;
};

/** What stands in somebody's composer for a post. */
export async function standingText(place: OnBlog, post: Post): Promise<StandingText> {
  const stored = await storedOf(place.scope, post);
  const edit = post.status === "draft" ? null : await editOf(place.scope, post.id);
  return {
    typed: await typedOf(place, stored),
    pendingSince: edit && !edit.isDiscarded ? edit.savedAt : null,
    discardedSince: edit?.isDiscarded ? edit.savedAt : null,
  };
}

/** The fields of what is stored, as the composer would show them. */
export async function typedOf(place: OnBlog, { post, edit }: Stored): Promise<Typed> {
  const photos = await photosOfPost(place, post);
  const version = shownVersion(post, edit);
  const audio = await audioOfPost(place, post);
  const base = { ...typedFrom(post, place.blog, { photos, audio }), draftKey: post.id, version };
  if (!edit) return base;
  const form = asForm(edit.fields);
  const typed = typedIn(form, {
    photos: await photosNamed(place, form, photos),
    audio: await audioNamed(place, form, audio),
  });
  return { ...overlay(base, typed, edit.fields), draftKey: base.draftKey, version };
}

/** The version that a sent form may store over: what it says, or the stored one when only its own saving came between. */
export async function seenVersion(place: OnBlog, typed: Typed, post: Post, page: string): Promise<string> {
  const stored = await storedOf(place.scope, post);
  // A form that knows its key only was never told a version; nobody else has that key.
  const isOwnDraft = typed.version === "" && typed.draftKey !== post.id && post.status === "draft";
  if (isOwnDraft || isExpected(stored, { page, expected: typed.version })) return stored.version;
  return String(readVersion(typed.version)?.base ?? 0);
}
