import { plainText, type Context, type Post, type Reply } from "rookery/plugin";
import type { Feed, FeedItem } from "../feeds/feed.ts";
import { excerpt, itemOf } from "../feeds/item.ts";
import { jsonFeedOf } from "../feeds/json-feed.ts";
import { newFeed } from "../feeds/new-feed.ts";
import { rssOf } from "../feeds/rss.ts";
import { episodeOf, withFile, type Episode } from "./episode.ts";
import { episodeExtensions, namespaces, showExtensions, type EpisodeFiles } from "./extensions.ts";
import { pictureUrl } from "./picture.ts";
import { episodeJson, showJson } from "./podcast-json.ts";
import type { settings } from "./settings.ts";
import { cut, showOf, type Show } from "./show.ts";

type ShowContext = Context<typeof settings>;
type Format = "rss" | "json";

const files = {
  rss: { name: "podcast.xml", type: "application/rss+xml; charset=utf-8", write: rssOf },
  json: { name: "podcast.json", type: "application/feed+json", write: jsonFeedOf },
} as const;

/** Answers the show's feed. The page cache keeps it until the blog changes. */
export async function feedReply(context: ShowContext, format: Format): Promise<Reply> {
  const feed = await feedOf(context, format);
  const { type, write } = files[format];
  const headers = { "content-type": type, link: `<${feed.feedUrl}>; rel="self"`, "access-control-allow-origin": "*" };
  return { text: write(feed), headers, cache: true };
}

/** The posts that are episodes, newest first: public ones with sound. */
export async function episodesOf({ posts }: Pick<ShowContext, "posts">, limit: number): Promise<Episode[]> {
  const episodes: Episode[] = [];
  for (let after: string | undefined; episodes.length < limit;) {
    const page: readonly Post[] = await posts.list({ kind: "audio", limit: Math.min(100, limit), ...(after && { after }) });
    for (const post of page) {
      const episode = post.visibility === "public" ? episodeOf(post) : null;
      if (episode && episodes.length < limit) episodes.push(episode);
    }
    after = page.at(-1)?.id;
    if (page.length < Math.min(100, limit)) break;
  }
  return episodes;
}

async function feedOf(context: ShowContext, format: Format): Promise<Feed> {
  const { blog, settings: said } = context;
  const show = await showOf(context);
  const items: FeedItem[] = [];
  for (const episode of await episodesOf(context, said.items))
    items.push(await feedItemOf(await withFile(episode, context), show, context));
  const own = withOwnIds(items);
  const feedUrl = blog.url + files[format].name;
  return newFeed(blog, {
    format,
    title: show.title,
    description: show.description,
    homeUrl: blog.url,
    feedUrl,
    language: show.language,
    author: { name: show.author, url: blog.url },
    copyright: show.copyright,
    image: show.cover,
    hubs: (await context.call("topics.hubs", { url: feedUrl })) as readonly string[],
    items: own,
    namespaces,
    extensions: showExtensions(show),
    json: { _podcast: showJson(show) },
  });
}

async function feedItemOf(episode: Episode, show: Show, context: ShowContext): Promise<FeedItem> {
  const { post, audio } = episode;
  const item = itemOf(post, context.blog);
  const at = `${context.blog.url}podcast/`;
  const there: EpisodeFiles = {
    // Players list episodes by their titles; one of a post without words is called by its day.
    title: cut(post.title || audio.title || cut(excerpt(post.html), 80) || item.publishedAt.slice(0, 10)),
    image: await pictureUrl(episode.image, post.id, context),
    chapters: episode.chapters.length > 0 ? `${at}chapters/${post.id}.json` : "",
    transcript: episode.transcript ? `${at}transcripts/${post.id}.${episode.transcript.file}` : "",
  };
  return {
    ...item,
    id: guidOf(post),
    title: there.title,
    summary: item.summary || plainText(there.title),
    enclosures: [audio],
    extensions: episodeExtensions(episode, there, item.language || show.language),
    json: { _podcast: episodeJson(episode, there) },
  };
}

// Not the post's address: an episode stays the same one when the blog moves.
function guidOf({ id, properties }: Post): string {
  const kept = properties.podcast as { readonly guid?: unknown } | undefined;
  const guid = typeof kept?.guid === "string" ? kept.guid.trim() : "";
  return guid !== "" && guid.length < 500 ? guid : id;
}

// Of two that brought one identity along the older keeps it: players would take them for one episode.
function withOwnIds(items: readonly FeedItem[]): readonly FeedItem[] {
  const taken = new Set<string>();
  const own = items.toReversed().map((item) => {
    const id = taken.has(item.id) ? item.post.id : item.id;
    taken.add(id);
    return { ...item, id };
  });
  return own.toReversed();
}
