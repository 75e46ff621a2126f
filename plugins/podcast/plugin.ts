import { definePlugin, type Context, type HeadTag } from "rookery/plugin";
import { durationText } from "./duration.ts";
import { blogExport } from "./export.ts";
import { episodesOf, feedReply } from "./feed.ts";
import { panel } from "./panel.ts";
import { coverProblem, pictureReply } from "./picture.ts";
import { problemOf } from "./problem.ts";
import { chaptersReply, transcriptReply } from "./served.ts";
import { settings } from "./settings.ts";
import { notes, player } from "./views.ts";

type ShowContext = Context<typeof settings>;

const open = { method: "GET", on: "blog", access: "public" } as const;

/** Makes every post with sound an episode: a feed that podcast directories take, a player, chapters and transcripts. */
export default definePlugin({
  id: "podcast",
  name: "Podcast",
  description:
    "Every post with sound becomes an episode: a feed for podcast players and directories, a player, chapters and transcripts.",
  version: "1.0.0",
  api: 1,
  category: "Media",
  requires: { plugins: { feeds: "^1.0.0" } },
  capabilities: ["posts:read", "media:read"],
  settings,
  tests: { cover: checkCover },
  collections: { show: {} },
  services: { "blog.export": (context) => blogExport(context as () => ShowContext) },
  panels: [panel],
  composer: ["audio"],
  hooks: {
    "topics.of": ({ post }, { blog }) =>
      post.audio.length > 0 && post.visibility === "public" ? [`${blog.url}podcast.xml`, `${blog.url}podcast.json`] : [],
    "page.head": (_, context) => headLinks(context),
    "post.validate": (post, context) => (post.audio.length > 0 ? problemOf(post.properties.podcast, context) : undefined),
  },
  slots: { media: player, "after-content": notes },
  styles: ["podcast.css"],
  filters: {
    duration: {
      about: "A number of seconds as 4:05 or 1:02:03.",
      takes: { seconds: "number" },
      run: (seconds: number) => durationText(seconds),
    },
  },
  routes: [
    { ...open, path: "/podcast.xml", run: ({ context }) => feedReply(context, "rss") },
    { ...open, path: "/podcast.json", run: ({ context }) => feedReply(context, "json") },
    {
      ...open,
      path: "/podcast/chapters/:file",
      run: ({ context, params }) => chaptersReply(params.file ?? "", context as Context),
    },
    {
      ...open,
      path: "/podcast/transcripts/:file",
      run: ({ context, params }) => transcriptReply(params.file ?? "", context as Context),
    },
    { ...open, path: "/podcast/pictures/:file", run: ({ context, params }) => pictureReply(params.file ?? "", context) },
  ],
});

/** Players find the feed from any page, once there is something to hear. */
async function headLinks(context: ShowContext): Promise<HeadTag[]> {
  if ((await episodesOf(context, 1)).length === 0) return [];
  const title = context.settings.title || context.blog.title;
  const link = (type: string, href: string, name: string): HeadTag => ({
    tag: "link",
    attributes: { rel: "alternate", type, title: `${title} (${name})`, href },
  });
  return [
    link("application/rss+xml", "/podcast.xml", "Podcast"),
    link("application/feed+json", "/podcast.json", "Podcast, JSON Feed"),
  ];
}

async function checkCover(context: ShowContext) {
  const problem = await coverProblem(context.settings.cover, context);
  const isMended = problem !== null && ["type", "square", "heavy"].includes(problem) && context.settings.fitCover;
  return { ok: problem === null || isMended, message: context.t(`cover.${isMended ? "mended" : (problem ?? "good")}`) };
}
