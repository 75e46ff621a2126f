import { PublicError } from "../../../core/errors.ts";
import type { Post } from "../../../core/hooks/values.ts";
import type { CopiesChoice } from "../../../core/posts/facts.ts";
import { erasePost, restore, trash, undoPublish, unpublish } from "../../../core/posts/remove.ts";
import type { FlashUndo } from "../../../core/web/flash.ts";
import { one } from "../../fields.ts";
import { onPost, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { record } from "./record.ts";

/** Into the trash; the next page has a button that takes it back. */
export async function moveToTrash(request: AdminRequest) {
  const place = await onPost(request, "post.delete");
  await trash(place.scope, place.post.id, await copiesChoice(request));
  await record(place, "post.trashed", place.post.id);
  const undo: FlashUndo = { path: place.at(`/posts/${place.post.id}/restore`), fields: {}, label: request.t("posts.undo") };
  return request.redirect(await backFrom(request, place), { text: request.t("posts.trashed"), undo });
}

/** Out of the trash. */
export async function moveBack(request: AdminRequest) {
  const place = await onPost(request, "post.restore");
  await restore(place.scope, place.post.id);
  await record(place, "post.restored", place.post.id);
  return request.redirect(place.at(`/posts/${place.post.id}`), request.t("posts.restored"));
}

/** Back to a draft. */
export async function withdraw(request: AdminRequest) {
  const place = await onPost(request, "post.edit");
  await unpublish(place.scope, place.post.id, await copiesChoice(request));
  await record(place, "post.unpublished", place.post.id);
  return request.redirect(place.at(`/posts/${place.post.id}`), request.t("posts.withdrawn"));
}

/** Takes back what was published a moment ago, before anything was sent; it opens in the composer again. */
export async function undo(request: AdminRequest) {
  const place = await onPost(request, "post.edit");
  const { fields } = await request.form();
  const undone = await undoPublish(place.scope, place.post.id, Number(one(fields, "version")));
  if (undone === "late") return request.redirect(place.at(`/posts/${place.post.id}`), request.t("posts.undo-late"));
  await record(place, "post.unpublished", place.post.id, { undo: true });
  return request.redirect(place.at(`/posts/${place.post.id}/edit`), request.t("posts.undone"));
}

/** Asks before a post goes for good. */
export async function confirmErase(request: AdminRequest) {
  const place = await erasable(request);
  const data = { post: place.post, at: place.at(`/posts/${place.post.id}`) };
  return request.html("screens/posts/erase", request.t("posts.erase"), data, { blog: place.blog });
}

/** A post in the trash goes for good. */
export async function eraseForGood(request: AdminRequest) {
  const place = await erasable(request);
  await erasePost(place.scope, place.post.id);
  await record(place, "post.erased", place.post.id);
  return request.redirect(place.at("/posts?tab=trash"), request.t("posts.erased"));
}

// To the list whose form it was, else to the post.
async function backFrom(request: AdminRequest, place: OnBlog & { readonly post: Post }): Promise<string> {
  const { fields } = await request.form();
  const tab = one(fields, "tab");
  return /^[a-z]+$/.test(tab) ? place.at(`/posts?tab=${tab}`) : place.at(`/posts/${place.post.id}`);
}

// What the form says of the copies elsewhere; where it did not ask, the rules of their targets count.
async function copiesChoice(request: AdminRequest): Promise<CopiesChoice | undefined> {
  const { fields } = await request.form();
  if (one(fields, "copies") === "remove") return "remove";
  return one(fields, "copies-asked") === "yes" ? "keep" : undefined;
}

async function erasable(request: AdminRequest): Promise<OnBlog & { readonly post: Post }> {
  const place = await onPost(request, "post.delete");
  if (place.post.status !== "trash" || !place.may("blog.edit"))
    throw new PublicError("post.not-in-trash", request.t("posts.not-in-trash"), 409);
  return place;
}
