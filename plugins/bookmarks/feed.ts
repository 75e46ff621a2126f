import { xmlText, type Context, type HeadTag, type Post, type Reply } from "rookery/plugin";
import type { Feed, FeedItem } from "../feeds/feed.ts";
import { itemOf } from "../feeds/item.ts";
import { jsonFeedOf } from "../feeds/json-feed.ts";
import { newFeed } from "../feeds/new-feed.ts";
import { rssOf } from "../feeds/rss.ts";
import { bookmarkedUrl } from "./bookmark-of.ts";
import type { Own } from "./settings.ts";

type Format = "rss" | "json";

const files = {
  rss: { name: "bookmarks.xml", type: "application/rss+xml; charset=utf-8", write: rssOf },
  json: { name: "bookmarks.json", type: "application/feed+json", write: jsonFeedOf },
} as const;

/** Answers the feed of the blog's public bookmarks. The page cache keeps it until the blog changes. */
export async function feedReply(context: Own, format: Format): Promise<Reply> {
  const feed = await feedOf(context, format);
  const { type, write } = files[format];
  const headers = { "content-type": type, link: `<${feed.feedUrl}>; rel="self"`, "access-control-allow-origin": "*" };
  return { text: write(feed), headers, cache: true };
}

/** The feeds that show a post. */
export function feedsOf({ kind, visibility }: Post, { blog }: Pick<Context, "blog">): string[] {
  return kind === "bookmark" && visibility === "public" ? Object.values(files).map(({ name }) => blog.url + name) : [];
}

/** Readers find the feed from any page, once there is something in it. */
export async function headLinks(context: Own): Promise<HeadTag[]> {
  if ((await context.posts.list({ kind: "bookmark", limit: 1 })).length === 0) return [];
  const title = titleOf(context);
  return (["rss", "json"] as const).map((format) => ({
    tag: "link",
    attributes: {
      rel: "alternate",
      type: files[format].type.split(";")[0]!,
      title: `${title} (${format === "rss" ? "RSS" : "JSON Feed"})`,
      href: `/${files[format].name}`,
    },
  }));
}

async function feedOf(context: Own, format: Format): Promise<Feed> {
  const { blog, settings } = context;
  const posts = await context.posts.list({ kind: "bookmark", limit: settings.items });
  const items = posts.filter(({ visibility }) => visibility === "public").map((post) => feedItemOf(post, context));
  const feedUrl = blog.url + files[format].name;
  const hubs = (await context.call("topics.hubs", { url: feedUrl })) as readonly string[];
  return newFeed(blog, { format, title: titleOf(context), homeUrl: `${blog.url}bookmarks`, feedUrl, hubs, items });
}

// Readers lead to the post; the page it keeps stands in the text, and in JSON where the format has a place for it.
function feedItemOf(post: Post, { blog }: Own): FeedItem {
  const item = itemOf(post, blog);
  const url = bookmarkedUrl(post.properties);
  if (url === null) return item;
  const link = `<p><a class="u-bookmark-of" href="${attribute(url)}">${xmlText(post.title || url)}</a></p>`;
  return { ...item, html: link + item.html, summary: item.summary || url, json: { ...item.json, _bookmark_of: url } };
}

const titleOf = ({ blog, t }: Own): string => t("feed.title", { blog: blog.title });
const attribute = (text: string): string => xmlText(text).replaceAll('"', "&quot;");
