import { definePlugin, type Context } from "rookery/plugin";
import { accountExport } from "./export.ts";
import { feedReply, feedsOf, headLinks } from "./feed.ts";
import { fetchCopy } from "./fetch-copy.ts";
import { netscapeImporter } from "./importer.ts";
import { panel } from "./panel.ts";
import { withVisibility } from "./parse.ts";
import { screens } from "./screens.ts";
import { settings, type Own } from "./settings.ts";
import { bookmarkStore } from "./store.ts";
import { catchUp, eraseAccount, follow, sweep } from "./sync.ts";
import { tables } from "./tables.ts";

const open = { method: "GET", on: "blog", access: "public" } as const;

/** Keeps pages of the web: as posts, with tags, a copy to read and highlights for whoever saved them. */
export default definePlugin({
  id: "bookmarks",
  name: "Bookmarks",
  description:
    "Keeps pages of the web, public or private: with tags, a copy to read in peace, highlights, and a feed of the public ones.",
  version: "1.0.0",
  api: 1,
  category: "IndieWeb",
  requires: { plugins: { feeds: "^1.0.0" } },
  sets: ["community"],
  capabilities: ["posts:read", "posts:write", "identity", "network:fetch-any"],
  settings,
  tables,
  services: {
    "bookmarks.store": bookmarkStore,
    "account.export": (context) => accountExport(context as () => Own),
    importer: (context) => netscapeImporter(context as () => Context),
  },
  panels: [panel],
  hooks: {
    "post.parse": withVisibility,
    "post.saved": { durable: true, run: ({ post }, context) => follow(context as Own, post) },
    "account.erased": { durable: true, run: ({ accountId }, context) => eraseAccount(context as Own, accountId) },
    "page.head": (_, context) => headLinks(context as Own),
    "topics.of": ({ post }, context) => feedsOf(post, context),
  },
  routes: [
    { ...open, path: "/bookmarks.xml", run: ({ context }) => feedReply(context as Own, "rss") },
    { ...open, path: "/bookmarks.json", run: ({ context }) => feedReply(context as Own, "json") },
  ],
  screens,
  jobs: {
    copy: { run: (data, context) => fetchCopy(data, context as unknown as Own), timeout: { seconds: 60 } },
    "catch-up": { run: (_, context) => catchUp(context as unknown as Own), timeout: { minutes: 5 } },
    sweep: { run: (_, context) => sweep(context as unknown as Own), every: { hours: 24 }, timeout: { minutes: 5 } },
  },
  lifecycle: {
    activate: (context) => context.enqueue("catch-up", {}, { key: "catch-up" }),
  },
});
