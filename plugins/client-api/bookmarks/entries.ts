import { xmlAttribute, type Account } from "rookery/plugin";
import { clockOf } from "../account/clock.ts";
import { feedReply } from "../wire/feed.ts";
import { dated } from "../wire/dates.ts";
import { postItem } from "../wire/item.ts";
import type { Call } from "../wire/route.ts";
import type { SavedPage } from "../wire/shapes.ts";
import { whenOf } from "../wire/when.ts";
import { showsSummaries } from "./settings.ts";

/** Saved pages as a feed: the fields that one app rejects a whole list over are never null. */
export async function bookmarkFeed({ context, request }: Call, account: Account, pages: readonly SavedPage[]) {
  const clock = await clockOf(context, account);
  const now = context.clock.now();
  const items = pages.map((page) => entryOf(context.site.url, page, whenOf(page.savedAt, now, clock)));
  const more = { is_showing_summaries: await showsSummaries(context, account.id) };
  return feedReply(context, { title: "Bookmarks", home: "/bookmarks", path: request.path, items, more });
}

function entryOf(siteUrl: string, page: SavedPage, when: string) {
  const host = URL.parse(page.url)?.host ?? "";
  const archived = new URL(`/bookmarks/${page.number}`, siteUrl).href;
  const isKept = page.copy.state === "kept";
  const link = (url: string, words: string) => `<a href="${xmlAttribute(url)}">${xmlAttribute(words)}</a>`;
  const read = isKept ? `<p class="post_archived_links">Read: ${link(archived, page.title || host)}</p>` : "";
  const facts = {
    number: page.number,
    html: `<p>${link(page.url, page.title || page.url)}</p>${read}`,
    title: page.title,
    url: page.url,
    at: page.savedAt,
    author: { name: host, url: `https://${host}/`, avatar: "", handle: host },
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
