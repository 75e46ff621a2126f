import { definePlugin, type Context } from "rookery/plugin";
import { factsView } from "./camera-facts.ts";
import { excuse, problemOf } from "./check-post.ts";
import { collectionPage } from "./collection-page.ts";
import { collectionService } from "./collection-service.ts";
import { forgetFile } from "./collections.ts";
import { blogExport } from "./export.ts";
import { feedReply, feedsOf, headLinks } from "./photo-feed.ts";
import { photosPage } from "./photos-page.ts";
import { noteUses, redraw } from "./redraw.ts";
import { reminder } from "./reminder.ts";
import { collectionScreens } from "./screens.ts";
import { settings } from "./settings.ts";
import { withCollections } from "./shortcode.ts";

const open = { method: "GET", on: "blog", access: "public" } as const;

/** A page and feeds of all photos, named collections of them, and what their cameras wrote. */
export default definePlugin({
  id: "photos",
  name: "Photos",
  description:
    "A page and feeds of all photos, collections of them with pages and a shortcode, and camera facts where a blog wants them.",
  version: "1.0.0",
  api: 1,
  category: "Media",
  requires: { plugins: { feeds: "^1.0.0" } },
  sets: ["community"],
  capabilities: ["posts:read", "posts:write", "media:read"],
  settings,
  collections: { collections: {}, uses: { indexes: ["keys"] } },
  services: {
    "photo.collections": collectionService,
    "blog.export": (context) => blogExport(context as () => Context),
  },
  hooks: {
    "post.validate": problemOf,
    "import.item": excuse,
    "content.html": (html, context) => withCollections(html, context as Context),
    "post.saved": { durable: true, run: ({ post }, context) => noteUses(post, context as Context) },
    "media.facts": ({ facts }, context) => (context.settings.keepFacts ? facts : undefined),
    "media.removed": { durable: true, run: ({ media }, context) => forgetFile(context as Context, media.url) },
    "topics.of": ({ post }, context) => feedsOf(post, context),
    "page.head": (_, context) => headLinks(context),
    "admin.cards": (_, context) => reminder(context),
  },
  pages: [
    { path: "/photos", title: "Photos", inNavigation: true, view: ({ query }, context) => photosPage(query, context) },
    {
      path: "/photos/collections/:slug",
      title: "Photo collection",
      view: ({ params }, context) => collectionPage(params.slug ?? "", context as Context),
    },
  ],
  routes: [
    { ...open, path: "/photos/index.json", run: ({ context }) => feedReply(context, "json") },
    { ...open, path: "/photos/feed.xml", run: ({ context }) => feedReply(context, "rss") },
  ],
  jobs: { redraw: { run: (data, context) => redraw(data, context as unknown as Context) } },
  slots: { "after-content": factsView },
  styles: ["photos.css"],
  screens: collectionScreens as never,
});
