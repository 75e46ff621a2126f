import { definePlugin, type Reply } from "rookery/plugin";

/** A feed as small as a feed can be, so that the hub's tests need no other plugin. */
export const paper = definePlugin({
  id: "paper",
  name: "Paper",
  description: "A feed of plain lines.",
  version: "1.0.0",
  api: 1,
  capabilities: ["posts:read"],
  hooks: { "topics.of": (_, { blog }) => [`${blog.url}feed.xml`, `${blog.url}other.xml`] },
  routes: [
    {
      method: "GET",
      path: "/feed.xml",
      on: "blog",
      access: "public",
      async run({ context }): Promise<Reply> {
        const url = `${context.blog.url}feed.xml`;
        const hubs = (await context.call("topics.hubs", { url })) as string[];
        const posts = (await context.posts.list()).filter(({ visibility }) => visibility === "public");
        const lines = [...hubs.map((hub) => `hub ${hub}`), ...posts.map(({ source }) => source), ""];
        return {
          text: lines.join("\n"),
          headers: { "content-type": "application/rss+xml; charset=utf-8", link: `<${url}>; rel="self"` },
          cache: true,
        };
      },
    },
  ],
});
