import type { Json } from "rookery/plugin";
import type { Feed, FeedItem } from "./feed.ts";

/** The feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). A note has no `title` key. */
export function jsonFeedOf(feed: Feed): string {
  const document: Record<string, Json> = {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: feed.homeUrl,
    feed_url: feed.feedUrl,
    ...(feed.description && { description: feed.description }),
    ...(feed.image && { icon: feed.image }),
    language: feed.language,
    authors: [{ name: feed.author.name || feed.title, url: feed.author.url }],
    ...(feed.hubs.length > 0 && { hubs: feed.hubs.map((url) => ({ type: "WebSub", url })) }),
    ...extra(feed.json),
    items: feed.items.map((item) => itemOf(item, feed)),
  };
  // Lone surrogates would not survive UTF-8.
  return JSON.stringify(document, (_, value: unknown) => (typeof value === "string" ? value.toWellFormed() : value));
}

function itemOf(item: FeedItem, feed: Feed): Record<string, Json> {
  const photo = item.post.photos[0];
  const isOwnSummary = item.post.summary !== "";
  return {
    id: item.id,
    url: item.url,
    ...(item.title && { title: item.title }),
    ...(feed.isFull ? { content_html: item.html } : { content_text: item.summary }),
    ...(isOwnSummary && { summary: item.summary }),
    ...(photo && { image: URL.parse(photo.url, item.url)?.href ?? photo.url }),
    ...(item.author && { authors: [item.author] }),
    date_published: item.publishedAt,
    date_modified: item.updatedAt,
    ...(item.categories.length > 0 && { tags: item.categories }),
    ...(item.language && item.language !== feed.language && { language: item.language }),
    ...(item.enclosures.length > 0 && { attachments: item.enclosures.map(attachmentOf) }),
    ...extra(item.json),
  };
}

function attachmentOf({ url, type, bytes, seconds, title }: FeedItem["enclosures"][number]): Record<string, Json> {
  return {
    url,
    mime_type: type,
    ...(title && { title }),
    size_in_bytes: bytes,
    ...(seconds !== undefined && { duration_in_seconds: seconds }),
  };
}

// The format keeps names that start with an underscore for extensions.
function extra(json: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(json).filter(([name]) => name.startsWith("_")));
}
