import type { Category, Context, Reply } from "rookery/plugin";
import { atomOf } from "./atom.ts";
import { formats, type Feed, type FeedFormat, type FeedItem } from "./feed.ts";
import { itemOf } from "./item.ts";
import { jsonFeedOf } from "./json-feed.ts";
import { newFeed } from "./new-feed.ts";
import { rssOf } from "./rss.ts";
import type { settings } from "./settings.ts";

type FeedContext = Context<typeof settings>;
export type Wanted = { readonly format: FeedFormat; readonly category?: string };

const writers = { rss: rssOf, atom: atomOf, json: jsonFeedOf } as const;

/** Answers a feed of the blog or of one category; an unknown category is 404. The page cache keeps it until the blog changes. */
export async function feedReply(context: FeedContext, wanted: Wanted): Promise<Reply> {
  const category = wanted.category === undefined ? null : await categoryOf(context, wanted.category);
  if (category === undefined) return { status: 404, text: "There is no such category, so it has no feed." };

  const feed = await buildFeed(context, wanted.format, category);
  const { type } = formats[wanted.format];
  return {
    status: 200,
    text: writers[wanted.format](feed),
    headers: {
      "content-type": wanted.format === "json" ? type : `${type}; charset=utf-8`,
      link: [...feed.hubs.map((hub) => `<${encodeURI(hub)}>; rel="hub"`), `<${feed.feedUrl}>; rel="self"`].join(", "),
      // Readers in browsers ask from other origins; a feed is public.
      "access-control-allow-origin": "*",
    },
    cache: true,
  };
}

/** The addresses of all feeds that show a post: the blog's and its categories'. */
export function feedUrls(blogUrl: string, categories: readonly Pick<Category, "slug">[]): string[] {
  const folders = [blogUrl, ...categories.map(({ slug }) => `${blogUrl}categories/${encodeURIComponent(slug)}/`)];
  return folders.flatMap((folder) => Object.values(formats).map(({ file }) => folder + file));
}

async function buildFeed(context: FeedContext, format: FeedFormat, category: Category | null): Promise<Feed> {
  const { blog, settings } = context;
  const posts = await context.posts.list({ limit: settings.items, ...(category && { category: category.slug }) });
  const items: FeedItem[] = [];
  for (const post of posts) items.push(await throughHooks(context, itemOf(post, blog), format));
  const folder = category ? `categories/${encodeURIComponent(category.slug)}/` : "";
  const feedUrl = blog.url + folder + formats[format].file;
  const feed = newFeed(blog, {
    format,
    title: category ? `${blog.title}: ${category.name}` : blog.title,
    description: category?.description || blog.description,
    homeUrl: category ? blog.url + folder.slice(0, -1) : blog.url,
    feedUrl,
    isFull: settings.content === "full",
    hubs: (await context.call("topics.hubs", { url: feedUrl })) as readonly string[],
    items,
  });
  return (await context.call("feed.build", feed)) as Feed;
}

async function throughHooks(context: FeedContext, item: FeedItem, format: FeedFormat): Promise<FeedItem> {
  const summary = (await context.call("post.summary", item.summary, { post: item.post })) as string;
  return (await context.call("feed.item", { ...item, summary }, { format })) as FeedItem;
}

async function categoryOf(context: FeedContext, slug: string): Promise<Category | undefined> {
  return (await context.posts.categories()).find((category) => category.slug === slug);
}
