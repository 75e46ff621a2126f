import { escapeText } from "../escape-text.ts";
import { microformatsOf, type MicroformatItem, type MicroformatValue } from "../pages/microformats.ts";
import { feedDate } from "./dates.ts";
import type { Feed, FeedAuthor, FeedMedia } from "./feed.types.ts";
import { finishItems, lineOf, type RawItem } from "./finish-items.ts";
import { webAddress } from "./markup.ts";

const valueOf = (value: MicroformatValue | undefined): string =>
  typeof value === "string" ? value : value && "value" in value && typeof value.value === "string" ? value.value : "";
const first = (item: MicroformatItem, ...names: string[]): MicroformatValue | undefined =>
  names.map((name) => item.properties[name]?.[0]).find((value) => value !== undefined);
const isA = (item: MicroformatItem, type: string) => item.type?.includes(type) === true;

/** The entries of a page by https://microformats.org/wiki/h-feed; null when there are none. */
export function readHFeed(html: string, url: string): Feed | null {
  const page = microformatsOf(html, url);
  if (!page) return null;
  const feed = findFeed(page.items, 0);
  const entries = (feed ? (feed.children ?? []) : page.items).filter((item) => isA(item, "h-entry")).slice(0, 1_000);
  if (entries.length === 0) return null;
  const card = page.items.find((item) => isA(item, "h-card"));
  const author = (feed && authorOf(feed, url)) ?? (card ? cardOf(card, url) : null);
  const title = feed ? lineOf(valueOf(first(feed, "name"))) : "";
  const { items, isCut } = finishItems(
    entries.map((entry) => rawItem(entry, url)),
    author?.name ?? title,
  );
  const rel = (name: string) => (page.rels[name] ?? []).map((to) => webAddress(to, url)).filter(Boolean);
  return {
    kind: "h-feed",
    title: title || (author?.name ?? ""),
    description: feed ? lineOf(valueOf(first(feed, "summary")), 2_000) : "",
    url: (feed && webAddress(valueOf(first(feed, "url")), url)) || url,
    icon: webAddress(feed ? valueOf(first(feed, "photo")) : "", url) || (author?.photo ?? ""),
    language: lineOf(feed?.lang ?? "", 35),
    author,
    items,
    deleted: [],
    hubs: rel("hub"),
    self: rel("self")[0] ?? "",
    next: rel("next")[0] ?? "",
    minutes: 0,
    skipHours: [],
    skipDays: [],
    isCut,
  };
}

function findFeed(items: readonly MicroformatItem[], depth: number): MicroformatItem | null {
  for (const item of items) {
    if (isA(item, "h-feed")) return item;
    const inside = depth < 3 && item.children ? findFeed(item.children, depth + 1) : null;
    if (inside) return inside;
  }
  return null;
}

function rawItem(entry: MicroformatItem, base: string): RawItem {
  const content = first(entry, "content", "summary");
  const html =
    content && typeof content === "object" && "html" in content && typeof content.html === "string"
      ? content.html
      : escapeText(valueOf(content));
  const media = (name: string): FeedMedia[] =>
    (entry.properties[name] ?? []).flatMap((value) => {
      const url = webAddress(valueOf(value), base);
      const alt = typeof value === "object" && "alt" in value && typeof value.alt === "string" ? value.alt.slice(0, 2_000) : "";
      return url ? [{ url, type: "", alt, bytes: null }] : [];
    });
  const url = webAddress(valueOf(first(entry, "url")), base);
  const updatedAt = feedDate(valueOf(first(entry, "updated")));
  return {
    id: valueOf(first(entry, "uid")) || url,
    base: url || base,
    url,
    writtenTitle: escapeText(valueOf(first(entry, "name"))),
    html,
    publishedAt: feedDate(valueOf(first(entry, "published"))) || updatedAt,
    updatedAt,
    photos: media("photo"),
    audio: media("audio"),
    video: media("video"),
    author: authorOf(entry, base),
    inReplyTo: webAddress(replied(first(entry, "in-reply-to")), base),
    categories: (entry.properties.category ?? [])
      .map((value) => lineOf(valueOf(value), 100))
      .filter(Boolean)
      .slice(0, 50),
    language: lineOf(entry.lang ?? "", 35),
    // A page has no piece that is the entry alone.
    raw: "",
  };
}

const replied = (value: MicroformatValue | undefined): string =>
  value && typeof value === "object" && "properties" in value ? valueOf(first(value, "url")) || valueOf(value) : valueOf(value);

function authorOf(item: MicroformatItem, base: string): FeedAuthor | null {
  const given = first(item, "author");
  if (given && typeof given === "object" && "properties" in given) return cardOf(given, base);
  const name = lineOf(valueOf(given), 200);
  return name
    ? { name: /^https?:/.test(name) ? "" : name, url: webAddress(/^https?:/.test(name) ? name : "", base), photo: "" }
    : null;
}

const cardOf = (card: MicroformatItem, base: string): FeedAuthor => ({
  name: lineOf(valueOf(first(card, "name")), 200),
  url: webAddress(valueOf(first(card, "url")), base),
  photo: webAddress(valueOf(first(card, "photo")), base),
});
