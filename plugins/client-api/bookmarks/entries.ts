import { xmlAttribute, type Account } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import { clockOf } from "../account/clock.ts";
import { feedReply } from "../wire/feed.ts";
import { dated } from "../wire/dates.ts";
import { postItem } from "../wire/item.ts";
import { askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import type { SavedPage } from "../wire/shapes.ts";
import { whenOf } from "../wire/when.ts";
import { showsSummaries } from "./settings.ts";
import { summariesOf } from "./summaries.ts";

/** Saved pages as a feed: the fields that one app rejects a whole list over are never null. A page that is a post of the timeline is shown as that. */
export async function bookmarkFeed({ context, request }: Call, account: Account, pages: readonly SavedPage[]) {
  const clock = await clockOf(context, account);
  const now = context.clock.now();
  const urls = pages.map(({ url }) => url);
  const posts = await askTimeline(context, (store) => store.itemsAt(account.id, urls));
  const summaries = await summariesOf(context, account.id, pages);
  const items = pages.map((page) => {
    const known = { post: posts.get(page.url), summary: summaries.get(page.id) ?? "" };
    return entryOf(context.site.url, page, { ...known, when: whenOf(page.savedAt, now, clock) });
  });
  const more = { is_showing_summaries: await showsSummaries(context, account.id) };
  return feedReply(context, { title: "Bookmarks", home: "/bookmarks", path: request.path, items, more });
}

type Known = { readonly post: Item | undefined; readonly summary: string; readonly when: string };

function entryOf(siteUrl: string, page: SavedPage, { post, summary, when }: Known) {
  const { host = "", origin = "" } = URL.parse(page.url) ?? {};
  const archived = new URL(`/bookmarks/${page.number}`, siteUrl).href;
  const isKept = page.copy.state === "kept";
  const link = (url: string, words: string) => `<a href="${xmlAttribute(url)}">${xmlAttribute(words)}</a>`;
  const title = post ? (post.isLink ? post.title : "") : page.title;
  const words = post ? post.html : `<p>${link(page.url, page.title || page.url)}</p>`;
  const read = isKept ? `<p class="post_archived_links">Read: ${link(archived, title || host)}</p>` : "";
  const facts = {
    number: page.number,
    html: `${words}${read}`,
    title,
    summary,
    url: page.url,
    at: page.savedAt,
    author: post?.author ?? { name: host, url: `${origin}/`, avatar: "", handle: host },
  };
  const links = isKept ? [{ id: page.number, url: page.url, archived_url: archived }] : [];
  const reader = {
    when,
    isFollowing: false,
    isYou: false,
    isBookmark: true,
    isDeletable: true,
    more: { links, date_favorited: dated(page.savedAt) },
  };
  return { ...postItem(siteUrl, facts, reader), tags: page.tags.join(", ") };
}
