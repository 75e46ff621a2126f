import { definePlugin, type Context, type Post, type Route } from "rookery/plugin";
import { feedReply, feedUrls } from "./build.ts";
import { formats, type Feed, type FeedFormat, type FeedItem } from "./feed.ts";
import { headLinks } from "./head-links.ts";
import { settings } from "./settings.ts";

declare module "rookery/plugin" {
  interface Hooks {
    "feed.build": { kind: "filter"; value: Feed };
    "feed.item": { kind: "filter"; value: FeedItem; about: { format: FeedFormat } };
    "feed.published": { kind: "event"; value: { feeds: readonly string[] } };
  }
}

type FeedContext = Context<typeof settings>;

const told = { durable: true, run: ({ post }: { post: Post }, context: FeedContext) => tell(post, context) } as const;

const routes: Route<typeof settings>[] = (Object.keys(formats) as FeedFormat[]).flatMap((format) => {
  const { file } = formats[format];
  const base = { method: "GET", on: "blog", access: "public" } as const;
  return [
    { ...base, path: `/${file}`, run: ({ context }) => feedReply(context, { format }) },
    {
      ...base,
      path: `/categories/:slug/${file}`,
      run: ({ context, params }) => feedReply(context, { format, category: params.slug ?? "" }),
    },
  ];
});

// Where readers that followed a blog of another system look for its feed.
const oldRoutes = ["/feed", "/feed/", "/rss.xml", "/index.xml"].map((path): Route<typeof settings> => ({
  method: "GET",
  on: "blog",
  access: "public",
  path,
  run: ({ context }) => ({ status: 301, redirect: new URL("/feed.xml", context.blog.url).href }),
}));

/** RSS, Atom and JSON Feed for every blog and each of its categories. */
export default definePlugin({
  id: "feeds",
  name: "Feeds",
  description: "Lets people follow a blog in any feed reader: RSS, Atom and JSON Feed, for the blog and each category.",
  version: "1.0.0",
  api: 1,
  category: "Publishing",
  sets: ["blog"],
  capabilities: ["posts:read"],
  settings,
  offers: {
    "feed.build": { kind: "filter", limit: 1_000, needs: "posts:read" },
    "feed.item": { kind: "filter", needs: "posts:read" },
    "feed.published": { kind: "event" },
  },
  hooks: {
    "page.head": ({ page }, { blog }) => headLinks(blog, page),
    "topics.of": ({ post }, { blog }) => (isInFeeds(post) ? feedUrls(blog.url, post.categories) : []),
    "post.published": told,
    "post.updated": told,
    "post.removed": told,
    "post.restored": told,
  },
  routes: [...routes, ...oldRoutes],
});

/** Says which feeds changed, so that hubs can be told; unlisted posts and pages are in none. */
async function tell(post: Post, context: FeedContext): Promise<void> {
  if (!isInFeeds(post)) return;
  await context.call("feed.published", { feeds: feedUrls(context.blog.url, post.categories) });
}

const isInFeeds = ({ visibility, kind }: Post): boolean => visibility === "public" && kind !== "page";
