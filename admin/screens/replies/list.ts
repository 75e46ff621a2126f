import { isUlid } from "../../../core/ids.ts";
import { listInteractions } from "../../../core/interactions/read.ts";
import { postsByIds } from "../../../core/posts/read.ts";
import { onBlog } from "../../on-blog.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { rowOf } from "./row.ts";
import { filterOf, tabNames, tabOf } from "./tabs.ts";

const pageSize = 30;

/** Replies and mentions of a blog by state, and likes and reposts; authors see those under their own posts. */
export async function list(request: AdminRequest) {
  const place = await onBlog(request, "post.create");
  const { t, query } = request;
  const tab = tabOf(query.get("tab"));
  const after = query.get("after") ?? "";
  const found = await listInteractions(place.scope, {
    ...filterOf(tab),
    ...(!place.may("blog.edit") && { authorId: signedIn(request).id }),
    ...(isUlid(after) && { after }),
    limit: pageSize + 1,
  });
  const shown = found.slice(0, pageSize);
  const posts = await postsByIds(place.scope, [...new Set(shown.map(({ postId }) => postId))]);
  const rows = shown.map((one) =>
    rowOf(
      place,
      one,
      posts.find(({ id }) => id === one.postId),
    ),
  );
  const at = place.at("/replies");
  const data = {
    at,
    tab,
    rows,
    zone: place.blog.timeZone,
    isAll: query.get("all") === "yes",
    all: `${at}?tab=${tab}&all=yes${isUlid(after) ? `&after=${after}` : ""}`,
    older: found.length > pageSize ? `${at}?tab=${tab}&after=${shown.at(-1)!.id}` : "",
    items: tabNames.map((name) => ({ href: `${at}?tab=${name}`, label: t(`replies.tab-${name}`), isCurrent: name === tab })),
    blocked: place.may("blog.edit") ? place.at("/replies/blocked") : "",
    rule: place.may("blog.manage") ? place.at("/settings/writing") : "",
  };
  return request.html("screens/replies/list", t("replies.title"), data, { blog: place.blog });
}
