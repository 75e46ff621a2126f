import type { Post } from "../../../core/hooks/values.ts";
import { countUpTo, findPosts } from "../../../core/posts/find-posts.ts";
import { isMissed } from "../../../core/posts/remove.ts";
import { copiesOf, type Copy } from "../../../core/posts/targets/target-rows.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { copyReason } from "./copy-reason.ts";
import { filterChoices, filterOf, sameList, tabOf, tabs, type Tab } from "./filter.ts";

const mostCounted = 100;

/** Posts in one state, filtered, 30 a page, with a form that does one thing to many. */
export async function list(request: AdminRequest) {
  const place = await onBlog(request, "post.create");
  const { query } = request;
  const tab = tabOf(query);
  const filter = filterOf(place, query);
  const after = query.get("after");
  const [found, copies] = await findWithCopies(place, filter, after);
  const isFiltered = ["q", "kind", "category", "year", "source"].some((name) => query.get(name));
  const data = {
    tab,
    rows: found.posts.map((post) => rowOf(request, place, post, copies)),
    items: await tabItems(place, tab),
    choices: await filterChoices(place),
    asked: Object.fromEntries(query),
    hasMoreFilters: ["kind", "category", "year", "source"].some((name) => query.get(name)),
    isAll: query.get("select") === "all",
    all: place.at(sameList(query, { select: "all", ...(after && { after }) })),
    none: place.at(`/posts?tab=${tab}`),
    older: found.next && place.at(sameList(query, { after: found.next })),
    isCut: found.isCut,
    isFiltered,
    empty: request.t(isFiltered ? "posts.no-match" : `posts.no-${tab}`),
    zone: place.blog.timeZone,
    mayErase: place.may("blog.edit"),
    at: place.at("/posts"),
  };
  return request.html("screens/posts/list", request.t("posts.title"), data, { blog: place.blog });
}

async function findWithCopies(place: OnBlog, filter: Parameters<typeof findPosts>[1], after: string | null) {
  const found = await findPosts(place.scope, filter, after ? { after } : {});
  const copies = await copiesOf(
    place.scope,
    found.posts.map(({ id }) => id),
  );
  return [found, Map.groupBy(copies, ({ postId }) => postId)] as const;
}

function rowOf(request: AdminRequest, place: OnBlog, post: Post, copies: ReadonlyMap<string, readonly Copy[]>) {
  const own = copies.get(post.id) ?? [];
  return {
    post,
    isMissed: isMissed(post, place.scope.clock.now()),
    mayEdit: place.may("post.edit", post),
    mayPublish: place.may("post.publish", post),
    mayDelete: place.may("post.delete", post),
    sent: own.filter(({ state }) => state === "sent").map(nameOf),
    waiting: own.filter(({ state }) => state === "waiting").map(nameOf),
    troubled: own
      .filter(({ state }) => troubles.has(state))
      .map((copy) => ({ name: nameOf(copy), ...copy, reason: copyReason(request, copy) })),
  };
}

// What somebody should look at.
const troubles: ReadonlySet<Copy["state"]> = new Set(["failed", "unknown", "parked"]);
const nameOf = (copy: Copy): string => copy.label || copy.target;

// No number of what grows without end is ever counted further than this.
async function tabItems(place: OnBlog, current: Tab) {
  const { scope, t } = place;
  const count = async (tab: Tab) => {
    if (!place.may("blog.edit") || (tab !== "drafts" && tab !== "scheduled")) return "";
    const n = await countUpTo(scope, tabs[tab], mostCounted);
    const number = n < mostCounted ? t("posts.number", { n }) : t("posts.number-most", { n: n - 1 });
    return n === 0 ? "" : number;
  };
  return Promise.all(
    (Object.keys(tabs) as Tab[]).map(async (tab) => ({
      href: place.at(`/posts?tab=${tab}`),
      label: [t(`posts.tab-${tab}`), await count(tab)].join(" ").trim(),
      isCurrent: tab === current,
    })),
  );
}
