import { PublicError } from "../../../core/errors.ts";
import { audit } from "../../../core/people/audit.ts";
import { erasePost, restore, trash, unpublish } from "../../../core/posts/remove.ts";
import { onPost, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import type { Post } from "../../../core/hooks/values.ts";

/** Into the trash; the next page says how to get it back. */
export async function moveToTrash(request: AdminRequest) {
  const place = await onPost(request, "post.delete");
  await trash(place.scope, place.post.id);
  return request.redirect(place.at(`/posts/${place.post.id}`), request.t("posts.trashed"));
}

/** Out of the trash. */
export async function moveBack(request: AdminRequest) {
  const place = await onPost(request, "post.restore");
  await restore(place.scope, place.post.id);
  return request.redirect(place.at(`/posts/${place.post.id}`), request.t("posts.restored"));
}

/** Back to a draft. */
export async function withdraw(request: AdminRequest) {
  const place = await onPost(request, "post.edit");
  await unpublish(place.scope, place.post.id);
  return request.redirect(place.at(`/posts/${place.post.id}`), request.t("posts.withdrawn"));
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
  const { scope, blog, post } = place;
  await erasePost(scope, post.id);
  const by = { accountId: scope.principal.accountId, blogId: blog.id, via: "web", address: scope.address };
  await scope.storage.write((db) => audit(db, { action: "post.erased", subject: post.id, ...by }, scope.clock.now()));
  return request.redirect(place.at("/posts?tab=trash"), request.t("posts.erased"));
}

async function erasable(request: AdminRequest): Promise<OnBlog & { readonly post: Post }> {
  const place = await onPost(request, "post.delete");
  if (place.post.status !== "trash" || !place.may("blog.edit"))
    throw new PublicError("post.not-in-trash", request.t("posts.not-in-trash"), 409);
  return place;
}
