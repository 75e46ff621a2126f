import type { Post } from "../../../core/hooks/values.ts";
import { listByStatus, listPages, listPosts } from "../../../core/posts/read.ts";
import { onBlog, onPost } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { previewDocument } from "../compose/preview.ts";
import { confirmErase, eraseForGood, moveBack, moveToTrash, withdraw } from "./move.ts";

/** Lists of posts and pages, one post, and what can be done to it. */
export const postScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/posts", access: "member", run: list },
  { method: "GET", path: "/b/:blog/pages", access: "member", run: pages },
  { method: "GET", path: "/b/:blog/posts/:id", access: "member", run: show },
  { method: "POST", path: "/b/:blog/posts/:id/trash", access: "member", run: moveToTrash },
  { method: "POST", path: "/b/:blog/posts/:id/restore", access: "member", run: moveBack },
  { method: "POST", path: "/b/:blog/posts/:id/unpublish", access: "member", run: withdraw },
  { method: "GET", path: "/b/:blog/posts/:id/erase", access: "member", run: confirmErase },
  { method: "POST", path: "/b/:blog/posts/:id/erase", access: "member", run: eraseForGood },
];

const tabs = { published: "published", drafts: "draft", scheduled: "scheduled", trash: "trash" } as const;
type Tab = keyof typeof tabs;
const pageSize = 30;

async function list(request: AdminRequest) {
  const place = await onBlog(request, "post.create");
  const asked = request.query.get("tab") ?? "";
  const tab: Tab = Object.hasOwn(tabs, asked) ? (asked as Tab) : "published";
  const after = request.query.get("after") ?? undefined;
  // Authors see their own drafts, editors everybody's (security.md R2).
  const mine = place.may("blog.edit") ? {} : { authorId: place.scope.principal.accountId! };
  const found =
    tab === "published"
      ? await listPosts(place.scope, { limit: pageSize, ...(after && { after }) })
      : await listByStatus(place.scope, { status: tabs[tab], limit: pageSize, ...mine, ...cursor(after) });
  const next = found.length < pageSize ? null : nextOf(tab, found.at(-1)!);
  const items = (Object.keys(tabs) as Tab[]).map((name) => ({
    href: place.at(`/posts?tab=${name}`),
    label: request.t(`posts.tab-${name}`),
    isCurrent: name === tab,
  }));
  const older = next && place.at(`/posts?tab=${tab}&after=${encodeURIComponent(next)}`);
  const data = { posts: found, items, older, empty: request.t(`posts.no-${tab}`), zone: place.blog.timeZone };
  return request.html("screens/posts/list", request.t("posts.title"), data, { blog: place.blog });
}

async function pages(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const published = await listPages(place.scope);
  const drafts = await listByStatus(place.scope, { status: "draft", pages: true, limit: 100 });
  return request.html(
    "screens/posts/pages",
    request.t("pages.title"),
    { published, drafts, zone: place.blog.timeZone },
    { blog: place.blog },
  );
}

async function show(request: AdminRequest) {
  const place = await onPost(request, "post.read");
  const { post } = place;
  const data = {
    post,
    document: previewDocument(request, post),
    zone: place.blog.timeZone,
    mayEdit: place.may("post.edit", post),
    mayErase: post.status === "trash" && place.may("blog.edit"),
    at: place.at(`/posts/${post.id}`),
  };
  const title = post.title || request.t(post.kind === "page" ? "posts.page" : "posts.post");
  return request.html("screens/posts/show", title, data, { blog: place.blog });
}

function cursor(after: string | undefined): { after?: { updatedAt: string; id: string } } {
  const [updatedAt, id] = after?.split(" ") ?? [];
  return updatedAt && id ? { after: { updatedAt, id } } : {};
}

function nextOf(tab: Tab, last: Post): string {
  return tab === "published" ? last.id : `${last.updatedAt} ${last.id}`;
}
