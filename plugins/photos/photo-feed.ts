import type { Context, HeadTag, Json, MediaFile, Post, Reply } from "rookery/plugin";
import type { Extension, Feed, FeedItem } from "../feeds/feed.ts";
import { itemOf } from "../feeds/item.ts";
import { jsonFeedOf } from "../feeds/json-feed.ts";
import { newFeed } from "../feeds/new-feed.ts";
import { rssOf } from "../feeds/rss.ts";
import { photoPosts } from "./photos-page.ts";
import { filesOf } from "./pictures.ts";
import type { settings } from "./settings.ts";

type PhotosContext = Context<typeof settings>;
type Format = "json" | "rss";

const itemsInFeed = 50;
const formats = {
  json: { path: "photos/index.json", name: "JSON Feed", type: "application/feed+json", write: jsonFeedOf },
  rss: { path: "photos/feed.xml", name: "RSS", type: "application/rss+xml; charset=utf-8", write: rssOf },
} as const;

/** Answers the feed of the blog's photos. The page cache keeps it until the blog changes. */
export async function feedReply(context: PhotosContext, format: Format): Promise<Reply> {
  const { path, type, write } = formats[format];
  const feedUrl = context.blog.url + path;
  const headers = { "content-type": type, link: `<${feedUrl}>; rel="self"`, "access-control-allow-origin": "*" };
  return { text: write(await feedOf(context, format, feedUrl)), headers, cache: true };
}

/** The feeds that show a post. */
export function feedsOf({ kind, visibility }: Post, { blog }: Pick<Context, "blog">): string[] {
  return kind === "photo" && visibility === "public" ? Object.values(formats).map(({ path }) => blog.url + path) : [];
}

/** Readers find the feeds from any page, once there are photos. */
export async function headLinks(context: PhotosContext): Promise<HeadTag[]> {
  if ((await photoPosts(context, { limit: 1 })).length === 0) return [];
  const title = (name: string) => `${context.blog.title} (${context.t("pages./photos")}, ${name})`;
  return Object.values(formats).map(({ path, type, name }) => ({
    tag: "link",
    attributes: { rel: "alternate", type: type.split(";")[0]!, title: title(name), href: `/${path}` },
  }));
}

async function feedOf(context: PhotosContext, format: Format, feedUrl: string): Promise<Feed> {
  const { blog } = context;
  const posts = await photoPosts(context, { limit: itemsInFeed });
  const files = await filesOf(
    posts.flatMap(({ photos }) => photos),
    context.media,
  );
  const items = posts.map((post) => photoItem(post, context, files));
  return newFeed(blog, {
    format,
    title: `${blog.title}: ${context.t("pages./photos")}`,
    homeUrl: `${blog.url}photos`,
    feedUrl,
    hubs: (await context.call("topics.hubs", { url: feedUrl })) as readonly string[],
    items,
    namespaces: { media: "http://search.yahoo.com/mrss/" },
  });
}

function photoItem(post: Post, { blog }: PhotosContext, files: ReadonlyMap<string, MediaFile>): FeedItem {
  const photos = post.photos.map((photo) => {
    const file = files.get(photo.url);
    const url = URL.parse(photo.url, blog.url)?.href ?? photo.url;
    const sized = (width: number) => plainSizes(file).find((size) => size.width >= width)?.url ?? url;
    const sizes = { small: sized(400), medium: sized(800), large: sized(1600) };
    const { width = photo.width, height = photo.height } = file ?? {};
    return { url, alt: photo.alt ?? "", ...(width && height ? { width, height } : {}), sizes, file };
  });
  const [first] = photos;
  const thumbnail = first && { thumbnail_url: first.sizes.small, sizes: first.sizes };
  return {
    ...itemOf(post, blog),
    // Media RSS (https://www.rssboard.org/media-rss).
    extensions: photos.map(mediaContent),
    json: { ...(thumbnail && { _microblog: thumbnail }), _photos: photos.map(({ file: _known, ...shown }) => shown as Json) },
  };
}

type Shown = { url: string; alt: string; width?: number; height?: number; sizes: { small: string }; file: MediaFile | undefined };

function mediaContent({ url, alt, width, height, sizes, file }: Shown): Extension {
  const attributes: Record<string, string> = { url, medium: "image" };
  if (width && height) Object.assign(attributes, { width: String(width), height: String(height) });
  if (file) Object.assign(attributes, { type: file.type, fileSize: String(file.bytes) });
  const description: Extension[] = alt ? [{ name: "media:description", text: alt, attributes: { type: "plain" } }] : [];
  const children = [{ name: "media:thumbnail", attributes: { url: sizes.small } }, ...description];
  return { name: "media:content", attributes, children };
}

const plainSizes = (file: MediaFile | undefined) => (file?.sizes ?? []).filter(({ type }) => /jpeg|png/.test(type));
