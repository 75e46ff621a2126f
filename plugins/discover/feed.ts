import { xmlText, type Blog, type Context, type Reply } from "rookery/plugin";
import { createHash } from "node:crypto";
import type { Feed, FeedItem } from "../feeds/feed.ts";
import { itemOf } from "../feeds/item.ts";
import { jsonFeedOf } from "../feeds/json-feed.ts";
import { newFeed } from "../feeds/new-feed.ts";
import { rssOf } from "../feeds/rss.ts";
import { inFeed } from "./bounds.ts";
import { readShelf, type Shown } from "./reading/shelf.ts";
import { allTopics, baseOf, titleOf, type StoredTopic } from "./topics/topics.ts";

const formats = {
  json: { file: "feed.json", type: "application/feed+json", write: jsonFeedOf },
  rss: { file: "feed.xml", type: "application/rss+xml; charset=utf-8", write: rssOf },
} as const;
type Format = keyof typeof formats;
type Asked = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly context: Context;
};

/** All of Discover, or a topic, as a feed; in one language with `lang`. Who has it already gets 304. */
export async function feedReply({ params, query, headers: asked, context }: Asked, format: Format): Promise<Reply> {
  const topics = await allTopics(context);
  const topic = params.topic === undefined ? null : topics.find(({ slug }) => slug === params.topic);
  if (topic === undefined) return { status: 404, text: "There is no such topic, so it has no feed." };
  const language = baseOf(query.get("lang") ?? "");
  const place = { ...(topic && { topicId: topic.id }), ...(language && { language }), limit: inFeed };
  const { shown } = await readShelf(context, place);
  const feed = feedOf(context, shown, { format, topic, topics, language });
  const { type, write } = formats[format];
  const text = write(feed);
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
  const headers = {
    "content-type": type,
    link: `<${feed.feedUrl}>; rel="self"`,
    "access-control-allow-origin": "*",
    // What is taken off goes at once: readers ask each time.
    "cache-control": "public, no-cache",
    etag,
  };
  return isKnown(asked["if-none-match"], etag) ? { status: 304, headers } : { text, headers };
}

type About = {
  readonly format: Format;
  readonly topic: StoredTopic | null;
  readonly topics: readonly StoredTopic[];
  readonly language: string;
};

function feedOf(context: Context, shown: readonly Shown[], { format, topic, topics, language }: About): Feed {
  const hub = context.site.url.replace(/\/$/, "");
  const home = `${hub}/discover${topic ? `/${topic.slug}` : ""}`;
  const tongue = language || "en";
  const say = (key: string) => context.t(key, {}, tongue);
  const name = `${say("plugin.name")} (${new URL(hub).host})`;
  const titles = new Map(topics.map((one) => [one.id, titleOf(one, say, tongue)]));
  const site = { title: name, url: `${hub}/`, description: say("feed.about"), language: tongue, createdAt: beginning } as Blog;
  return newFeed(site, {
    format,
    title: topic ? `${name}: ${titles.get(topic.id)}` : name,
    homeUrl: language ? `${home}?lang=${language}` : home,
    feedUrl: `${home}/${formats[format].file}${language ? `?lang=${language}` : ""}`,
    items: shown.map((one) => feedItem(one, { hub, why: say("shelf.why"), titles })),
  });
}

// Of a feed in which nothing was picked yet.
const beginning = "2026-01-01T00:00:00.000Z";

type Around = { readonly hub: string; readonly why: string; readonly titles: ReadonlyMap<string, string> };

function feedItem({ pick, post, blog, author }: Shown, { hub, why, titles }: Around): FeedItem {
  const item = itemOf(post, blog);
  const note = pick.note === "" ? "" : `<p><strong>${xmlText(why)}</strong> ${xmlText(pick.note)}</p>`;
  return {
    ...item,
    html: item.html + note,
    author: {
      name: author.name || author.username,
      url: blog.ownerId === author.id ? blog.url : `${hub}/people/${author.username}`,
    },
    categories: pick.topics.flatMap((id) => titles.get(id) ?? []),
    json: { ...item.json, _discover: { note: pick.note, picked: pick.showAt, number: pick.number } },
  };
}

const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? "").split(",").some((one) => [etag, "*"].includes(one.trim().replace(/^W\//, "")));
