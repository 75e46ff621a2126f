import { isMissed } from "../../../core/posts/remove.ts";
import { revisionsOf } from "../../../core/posts/revisions.ts";
import { onPost } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { previewDocument } from "../compose/preview.ts";
import { copyRows } from "./copies.ts";
import { replyRows } from "./replies.ts";
import { revisionRows } from "./revisions.ts";

/** One post: how it looks, where it went, what it was, what others said to it, and what can be done to it. */
export async function show(request: AdminRequest) {
  const place = await onPost(request, "post.read");
  const { post, scope } = place;
  const mayEdit = place.may("post.edit", post);
  const [copies, replies, revisions] = mayEdit
    ? await Promise.all([
        copyRows(request, place, post),
        replyRows(place, post, request.query.get("after")),
        revisionsOf(scope, post.id, { limit: 3 }),
      ])
    : [{ rows: [], further: [] }, { rows: [], next: null }, []];
  const at = place.at(`/posts/${post.id}`);
  const data = {
    post,
    document: previewDocument(request, post),
    zone: place.blog.timeZone,
    mayEdit,
    mayPublish: place.may("post.publish", post),
    mayDelete: place.may("post.delete", post),
    mayErase: post.status === "trash" && place.may("blog.edit"),
    isMissed: isMissed(post, scope.clock.now()),
    copies,
    hasRemovable: copies.rows.some(({ state, limits }) => (state === "sent" || state === "waiting") && limits.delete === true),
    removesByRule: copies.rows.some(({ follows }) => follows.deletes === true),
    replies,
    olderReplies: replies.next && `${at}?after=${replies.next}#replies`,
    revisions: await revisionRows(request, revisions),
    at,
  };
  const title = post.title || request.t(post.kind === "page" ? "posts.page" : "posts.post");
  return request.html("screens/posts/show", title, data, { blog: place.blog });
}
