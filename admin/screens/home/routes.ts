import { randomUUID } from "node:crypto";
import { PublicError } from "../../../core/errors.ts";
import { listPosts } from "../../../core/posts/read.ts";
import { onHost } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { usualHost } from "../compose/routes.ts";

/** The start page, where writing comes first, and the list of everything else. */
export const homeScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/", access: "member", run: home },
  { method: "GET", path: "/more", access: "member", run: more },
];

async function home(request: AdminRequest) {
  const own = (await request.blogs()).filter(({ role }) => role !== "reader");
  if (own.length === 0) return request.html("screens/home/empty", request.t("home.title"), {});
  const place = await onHost(request, await usualHost(request), "post.create");
  const [posts, cards] = await Promise.all([
    listPosts(place.scope, { limit: 5 }),
    place.scope.taps.collect(place.scope, "admin.cards", {}),
  ]);
  const data = {
    posts,
    cards: cards.filter((card) => card.href === undefined || /^(\/(?![/\\])|https?:\/\/)/.test(card.href)),
    draftKey: randomUUID(),
    mayPublish: place.may("post.publish"),
    host: place.blog.host,
    zone: place.blog.timeZone,
  };
  return request.html("screens/home/home", request.t("home.title"), { ...data, blogOfHome: place.blog });
}

async function more(request: AdminRequest) {
  const wanted = request.query.get("blog") ?? "";
  const own = await request.blogs();
  const found = own.find(({ blog }) => blog.host === wanted) ?? own[0];
  if (wanted !== "" && !found) throw new PublicError("request.unknown", request.t("home.no-blog"), 404);
  const isEditor = found?.role === "owner" || found?.role === "editor";
  const data = { isEditor, isOwner: found?.role === "owner", isAdmin: request.account?.role === "admin" };
  return request.html("screens/home/more", request.t("more.title"), data, { blog: found?.blog ?? null });
}
