import { definePlugin, type Context, type Post } from "rookery/plugin";
import type { Feed } from "../feeds/feed.ts";
import { cloudOf } from "./cloud.ts";
import { announce, notifyAgain, notifyBatch } from "./notify.ts";
import { ping, pleaseNotify } from "./please-notify.ts";
import { endOver } from "./subscribers.ts";

const appeared = {
  durable: true,
  afterUndo: true,
  run: ({ post }: { post: Post }, context: Context) => announce(context, [post]),
} as const;
const form = { method: "POST", on: "hub", access: "public", body: "form", limit: 20_000 } as const;

/** rssCloud (http://rsscloud.org/walkthrough.html): readers that know it are told when an RSS feed changed. */
export default definePlugin({
  id: "rsscloud",
  name: "rssCloud",
  description: "Tells feed readers that know rssCloud, such as FeedLand, when a blog's RSS feed changed.",
  version: "1.0.0",
  api: 1,
  category: "IndieWeb",
  requires: { plugins: { feeds: "^1.0.0" } },
  capabilities: ["posts:read", "network:fetch-any"],
  collections: { subscribers: { indexes: ["feed"] } },
  hooks: {
    "feed.build": (feed: Feed, context) => (feed.format === "rss" ? { ...feed, cloud: cloudOf(context) } : feed),
    "post.published": appeared,
    "post.restored": appeared,
    "post.updated": { durable: true, run: ({ post, before }, context) => announce(context, [post, before]) },
    "post.removed": { durable: true, run: ({ post }, context) => announce(context, [post]) },
  },
  routes: [
    { ...form, path: "/rsscloud/pleaseNotify", timeout: { seconds: 30 }, run: pleaseNotify },
    { ...form, path: "/rsscloud/ping", run: ping },
  ],
  jobs: {
    notify: { timeout: { minutes: 5 }, run: (data, context) => notifyBatch(context, data) },
    again: { run: (data, context) => notifyAgain(context, data) },
    over: { every: { hours: 6 }, run: (_, context) => endOver(context) },
  },
});
