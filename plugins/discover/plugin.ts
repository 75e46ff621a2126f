import { definePlugin, type Context } from "rookery/plugin";
import { eraseAccount, eraseBlog, upkeep } from "./erase.ts";
import { accountExport } from "./export.ts";
import { feedReply } from "./feed.ts";
import { pickAction } from "./pick-action.ts";
import { followEdit } from "./picking/follow-edits.ts";
import { showDue } from "./picking/show-due.ts";
import { screens } from "./screens.ts";
import { discoverShelves } from "./shelves.ts";
import { tables } from "./tables.ts";
import { makeFirstTopics } from "./topics/defaults.ts";

const open = { method: "GET", on: "hub", access: "public" } as const;

/** Posts that people of the installation picked by hand, sorted by topics: never ranked, never counted. */
export default definePlugin({
  id: "discover",
  name: "Discover",
  description: "Curators pick posts by hand and sort them by topics; everybody reads them as pages and feeds. Nothing is ranked.",
  version: "1.0.0",
  api: 1,
  category: "Social",
  scope: "network",
  sets: ["community"],
  requires: { plugins: { timeline: "^1.0.0", feeds: "^1.0.0" } },
  capabilities: ["posts:read", "accounts:read"],
  tables,
  services: {
    "discover.shelves": (context) => discoverShelves(context as () => Context),
    "account.export": (context) => accountExport(context as () => Context),
  },
  hooks: {
    "post.updated": { durable: true, run: ({ post }, context) => followEdit(context as Context, post) },
    "blog.erasing": { durable: true, run: ({ blog }, context) => eraseBlog(context as Context, blog.id) },
    "account.erased": { durable: true, run: ({ accountId }, context) => eraseAccount(context as Context, accountId) },
    "timeline.actions": (wish, context) => pickAction(wish, context as Context),
  },
  routes: [
    { ...open, path: "/discover/feed.json", run: (request) => feedReply(request, "json") },
    { ...open, path: "/discover/feed.xml", run: (request) => feedReply(request, "rss") },
    { ...open, path: "/discover/:topic/feed.json", run: (request) => feedReply(request, "json") },
    { ...open, path: "/discover/:topic/feed.xml", run: (request) => feedReply(request, "rss") },
  ],
  screens,
  jobs: {
    show: { run: (_, context) => showDue(context as Context), timeout: { minutes: 5 } },
    // What a crash left between a pick and its job.
    "look-again": { run: (_, context) => showDue(context as Context), every: { minutes: 10 }, timeout: { minutes: 5 } },
    upkeep: { run: (_, context) => upkeep(context as Context), every: { hours: 24 }, timeout: { minutes: 30 } },
  },
  lifecycle: { install: (context) => makeFirstTopics(context as Context) },
});
