import { randomUUID } from "node:crypto";
import { PublicError } from "../../../core/errors.ts";
import { spokenIn } from "../../../core/hooks/scope.ts";
import { accountOf, type Person } from "../../../core/people/person.ts";
import { listPosts } from "../../../core/posts/read.ts";
import { partOfPlugin } from "../../plugin-screens/run-plugin-screen.ts";
import { onHost } from "../../on-blog.ts";
import { signedIn, type AdminRequest, type AdminScreen } from "../../request.ts";
import { checklistOf } from "../setup/checklist.ts";
import { usualHost } from "../compose/routes.ts";

/** The start page, where writing comes first, and the list of everything else. */
export const homeScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/", access: "member", run: home },
  { method: "GET", path: "/more", access: "member", run: more },
];

async function home(request: AdminRequest) {
  const own = (await request.blogs()).filter(({ role }) => role !== "reader");
  const match = request.house.host.current.screens.home;
  const part = match && (await partOfPlugin(request, match));
  if (own.length === 0) return request.html("screens/home/empty", request.t("home.title"), { part });
  const place = await onHost(request, await usualHost(request), "post.create");
  const [posts, cards] = await Promise.all([
    listPosts(place.scope, { limit: 5 }),
    place.scope.taps.collect(spokenIn(place.scope, request.language), "admin.cards", {
      account: accountOf(signedIn(request) as Person),
    }),
  ]);
  const data = {
    part,
    posts,
    cards: cards.filter((card) => card.href === undefined || /^(\/(?![/\\])|https?:\/\/)/.test(card.href)),
    draftKey: randomUUID(),
    mayPublish: place.may("post.publish"),
    host: place.blog.host,
    zone: place.blog.timeZone,
    checklist: await checklistOf(request, place),
  };
  return request.html("screens/home/home", request.t("home.title"), { ...data, blogOfHome: place.blog });
}

async function more(request: AdminRequest) {
  const wanted = request.query.get("blog") ?? "";
  const own = await request.blogs();
  const named = own.find(({ blog }) => blog.host === wanted)?.blog;
  if (wanted !== "" && !named) throw new PublicError("request.unknown", request.t("home.no-blog"), 404);
  const blog = named ?? (await request.usualBlog());
  const all = await request.destinations(blog);
  const titles = { blog: blog?.title ?? "", you: request.t("more.you"), installation: request.t("more.installation") };
  const groups = (["blog", "you", "installation"] as const)
    .map((name) => ({ title: titles[name], isBlog: name === "blog", links: all.filter(({ group }) => group === name) }))
    .filter(({ links }) => links.length > 0);
  return request.html("screens/home/more", request.t("more.title"), { groups }, { blog });
}
