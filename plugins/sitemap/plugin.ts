import { definePlugin } from "rookery/plugin";
import { settings } from "./settings.ts";
import { indexReply, partReply } from "./sitemap.ts";

const base = { method: "GET", on: "blog", access: "public" } as const;

/** Tells search engines which pages a blog has. */
export default definePlugin({
  id: "sitemap",
  name: "Sitemap",
  description: "Tells search engines which pages a blog has, and when each changed last.",
  version: "1.0.0",
  api: 1,
  category: "Publishing",
  sets: ["blog"],
  capabilities: ["posts:read"],
  settings,
  hooks: { "robots.lines": (_, { blog }) => [`Sitemap: ${blog.url}sitemap.xml`] },
  routes: [
    { ...base, path: "/sitemap.xml", run: ({ context }) => indexReply(context) },
    { ...base, path: "/sitemaps/:file", run: ({ context, params }) => partReply(context, params.file ?? "") },
  ],
});
