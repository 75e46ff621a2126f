import { PublicError } from "../../../core/errors.ts";
import type { Post } from "../../../core/hooks/values.ts";
import { repliesOf } from "../../../core/interactions/read.ts";
import { decide } from "../../../core/interactions/decide.ts";
import { isUlid } from "../../../core/ids.ts";
import { plainText } from "../../../core/net/plain-text.ts";
import { one } from "../../fields.ts";
import { onPost, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { record } from "./record.ts";

/** Decisions about what others wrote under a post. */
export const replyScreens: readonly AdminScreen[] = [
  { method: "POST", path: "/b/:blog/posts/:id/replies", access: "member", run: change },
];

const pageSize = 30;

/** Replies and mentions of a post in any state, the newest first; their text is plain. */
export async function replyRows({ scope }: OnBlog, post: Post, after: string | null) {
  const found = await repliesOf(scope, post.id, { limit: pageSize + 1, ...(after && isUlid(after) && { after }) });
  const rows = found.slice(0, pageSize).map((reply) => ({ ...reply, text: plainText(reply.html).trim().slice(0, 1000) }));
  return { rows, next: found.length > pageSize ? rows.at(-1)!.id : null };
}

async function change(request: AdminRequest) {
  const place = await onPost(request, "post.edit");
  const { fields } = await request.form();
  const id = one(fields, "reply");
  const state = one(fields, "do") === "hide" ? "hidden" : "visible";
  const replies = isUlid(id) ? await repliesOf(place.scope, place.post.id, { id }) : [];
  if (replies.length === 0) throw new PublicError("reply.unknown", request.t("posts.reply-unknown"), 404);
  await decide(place.scope, id, state);
  await record(place, `reply.${state}`, id, { post: place.post.id });
  return request.redirect(place.at(`/posts/${place.post.id}#replies`), request.t(`posts.reply-${state}`));
}
