import { xmlAttribute } from "rookery/plugin";
import type { Feed, FeedItem } from "./feed.ts";
import { element, extensionsOf, namespacesOf } from "./xml.ts";

/** The feed as Atom (RFC 4287). An entry needs a title; that of a note is there and empty. */
export function atomOf(feed: Feed): string {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom"${namespacesOf(feed.namespaces)} xml:lang="${xmlAttribute(feed.language)}">`,
    element("id", feed.feedUrl),
    element("title", feed.title),
    ...(feed.description ? [element("subtitle", feed.description)] : []),
    element("updated", feed.updatedAt),
    element("link", "", { rel: "self", type: "application/atom+xml", href: feed.feedUrl }),
    element("link", "", { rel: "alternate", type: "text/html", href: feed.homeUrl }),
    ...feed.hubs.map((href) => element("link", "", { rel: "hub", href })),
    "<author>",
    element("name", feed.author.name || feed.title),
    element("uri", feed.author.url),
    "</author>",
    ...extensionsOf(feed.extensions, feed.namespaces),
    ...feed.items.map((item) => entryOf(item, feed)),
    "</feed>",
  ];
  return `${lines.join("\n")}\n`;
}

function entryOf(item: FeedItem, feed: Feed): string {
  const language: Record<string, string> = item.language && item.language !== feed.language ? { "xml:lang": item.language } : {};
  const lines = [
    "<entry>",
    element("id", item.id),
    item.title ? element("title", item.title) : "<title></title>",
    element("link", "", { rel: "alternate", type: "text/html", href: item.url }),
    ...item.enclosures.map(({ url, type, bytes }) =>
      element("link", "", { rel: "enclosure", href: url, type, length: String(bytes) }),
    ),
    ...(item.author ? [`<author>${element("name", item.author.name)}${element("uri", item.author.url)}</author>`] : []),
    element("published", item.publishedAt),
    element("updated", item.updatedAt),
    ...item.categories.map((term) => element("category", "", { term })),
    ...(item.summary && (!feed.isFull || item.post.summary) ? [element("summary", item.summary)] : []),
    ...(feed.isFull && item.html ? [element("content", item.html, { type: "html", ...language })] : []),
    ...extensionsOf(item.extensions, feed.namespaces),
    "</entry>",
  ];
  return lines.join("\n");
}
