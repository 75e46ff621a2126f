import type { Feed, FeedItem } from "./feed.ts";
import { element, extensionsOf, namespacesOf } from "./xml.ts";

const own = {
  atom: "http://www.w3.org/2005/Atom",
  content: "http://purl.org/rss/1.0/modules/content/",
  dc: "http://purl.org/dc/elements/1.1/",
  source: "http://source.scripting.com/",
} as const;

/** The feed as RSS 2.0 (https://www.rssboard.org/rss-specification, with the advisory board's best practices). */
export function rssOf(feed: Feed): string {
  const namespaces = { ...feed.namespaces, ...own };
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<rss version="2.0"${namespacesOf(namespaces)}>`,
    "<channel>",
    element("title", feed.title),
    element("link", feed.homeUrl),
    // The element is required, also for a blog that says nothing about itself.
    element("description", feed.description || feed.title),
    element("language", feed.language.toLowerCase()),
    ...(feed.copyright ? [element("copyright", feed.copyright)] : []),
    ...(feed.image ? [imageOf(feed, feed.image)] : []),
    element("lastBuildDate", rfc822(feed.updatedAt)),
    element("atom:link", "", { rel: "self", href: feed.feedUrl, type: "application/rss+xml" }),
    ...feed.hubs.map((href) => element("atom:link", "", { rel: "hub", href })),
    ...(feed.cloud ? [element("cloud", "", feed.cloud)] : []),
    ...extensionsOf(feed.extensions, namespaces),
    ...feed.items.map((item) => itemOf(item, feed, namespaces)),
    "</channel>",
    "</rss>",
  ];
  return `${lines.join("\n")}\n`;
}

function itemOf(item: FeedItem, feed: Feed, namespaces: Readonly<Record<string, string>>): string {
  // RSS allows one enclosure an item in practice: podcast players take the first.
  const audio = item.enclosures[0];
  const isMarkdown = feed.isFull && item.post.format === "markdown" && item.post.source !== "";
  const lines = [
    "<item>",
    ...(item.title ? [element("title", item.title)] : []),
    element("link", item.url),
    element("guid", item.id, { isPermaLink: String(item.id === item.url) }),
    element("pubDate", rfc822(item.publishedAt)),
    ...[item.author?.name ?? feed.author.name].filter(Boolean).map((name) => element("dc:creator", name)),
    ...item.categories.map((name) => element("category", name)),
    // An item needs a title or a description; a photo without words has neither of its own.
    ...(item.summary || !item.title ? [element("description", item.summary || item.url)] : []),
    ...(feed.isFull && item.html ? [element("content:encoded", item.html)] : []),
    ...(isMarkdown ? [element("source:markdown", item.post.source)] : []),
    ...(audio ? [element("enclosure", "", { url: audio.url, length: String(audio.bytes), type: audio.type })] : []),
    ...(item.updatedAt > item.publishedAt ? [element("atom:updated", item.updatedAt)] : []),
    ...extensionsOf(item.extensions, namespaces),
    "</item>",
  ];
  return lines.join("\n");
}

function imageOf({ title, homeUrl }: Feed, url: string): string {
  return `<image>${element("url", url)}${element("title", title)}${element("link", homeUrl)}</image>`;
}

/** `Tue, 24 Nov 2026 09:30:00 GMT`: RFC 822 with the four-digit year that RSS wants. */
export function rfc822(moment: string): string {
  return new Date(moment).toUTCString();
}
