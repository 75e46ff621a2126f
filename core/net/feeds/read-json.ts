import { escapeText } from "../escape-text.ts";
import { feedDate } from "./dates.ts";
import type { Feed, FeedAuthor, FeedMedia } from "./feed.types.ts";
import { finishItems, lineOf, type RawItem } from "./finish-items.ts";
import { place } from "./media.ts";
import { webAddress } from "./markup.ts";

type Thing = Readonly<Record<string, unknown>>;

const isThing = (value: unknown): value is Thing => typeof value === "object" && value !== null && !Array.isArray(value);
const word = (value: unknown): string => (typeof value === "string" ? value : typeof value === "number" ? String(value) : "");
const list = (value: unknown): readonly Thing[] => (Array.isArray(value) ? value.filter(isThing) : []);

/** JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/); null when it is none, or no JSON. */
export function readJsonFeed(text: string, url: string): Feed | null {
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isThing(feed) || !Array.isArray(feed.items) || !(/jsonfeed\.org/.test(word(feed.version)) || "title" in feed)) return null;
  const site = webAddress(word(feed.home_page_url), url);
  const author = authorOf(feed, url);
  const title = lineOf(word(feed.title));
  const { items, isCut } = finishItems(
    list(feed.items).map((item) => rawItem(item, site || url)),
    author?.name ?? title,
  );
  return {
    kind: "json",
    title,
    description: lineOf(word(feed.description), 2_000),
    url: site,
    icon: webAddress(word(feed.icon) || word(feed.favicon), url),
    language: lineOf(word(feed.language), 35),
    author,
    items,
    deleted: [],
    hubs: list(feed.hubs)
      .filter(({ type }) => word(type).toLowerCase() === "websub")
      .map((hub) => webAddress(word(hub.url), url))
      .filter(Boolean),
    self: webAddress(word(feed.feed_url), url),
    next: webAddress(word(feed.next_url), url),
    minutes: 0,
    skipHours: [],
    skipDays: [],
    isCut,
  };
}

function rawItem(item: Thing, site: string): RawItem {
  const id = word(item.id);
  const url =
    webAddress(word(item.url), site) ||
    (/^https?:\/\//i.test(id) ? webAddress(id, site) : "") ||
    webAddress(word(item.external_url), site);
  const base = url || site;
  const found: { photos: FeedMedia[]; audio: FeedMedia[]; video: FeedMedia[] } = { photos: [], audio: [], video: [] };
  const image = webAddress(word(item.image), base);
  if (image) found.photos.push({ url: image, type: "", alt: "", bytes: null });
  for (const file of list(item.attachments)) {
    const at = webAddress(word(file.url), base);
    const bytes = typeof file.size_in_bytes === "number" && file.size_in_bytes > 0 ? Math.floor(file.size_in_bytes) : null;
    if (at)
      place(found, { url: at, type: word(file.mime_type).toLowerCase().slice(0, 100), alt: lineOf(word(file.title)), bytes });
  }
  const updatedAt = feedDate(word(item.date_modified));
  return {
    ...found,
    id,
    base,
    url,
    writtenTitle: escapeText(word(item.title)),
    html: word(item.content_html) || paragraphs(word(item.content_text) || word(item.summary)),
    publishedAt: feedDate(word(item.date_published)) || updatedAt,
    updatedAt,
    author: authorOf(item, base),
    inReplyTo: webAddress(word(item.in_reply_to), base),
    categories: (Array.isArray(item.tags) ? item.tags : [])
      .map((tag) => lineOf(word(tag), 100))
      .filter(Boolean)
      .slice(0, 50),
    language: lineOf(word(item.language), 35),
    raw: JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items: [item] }),
  };
}

function authorOf(thing: Thing, base: string): FeedAuthor | null {
  const given = list(thing.authors)[0] ?? (isThing(thing.author) ? thing.author : null);
  const author = given && {
    name: lineOf(word(given.name), 200),
    url: webAddress(word(given.url), base),
    photo: webAddress(word(given.avatar), base),
  };
  return author && (author.name || author.url) ? author : null;
}

// Plain text: escaped, its addresses as links, its empty lines between paragraphs.
function paragraphs(text: string): string {
  return text
    .split(/\r?\n\s*\r?\n/)
    .filter((part) => part.trim() !== "")
    .map(
      (part) =>
        `<p>${escapeText(part.trim())
          .replace(/https?:\/\/[^\s<>"]{1,2000}[^\s<>".,;:!?)]/g, (url) => `<a href="${url}">${url}</a>`)
          .replace(/\r?\n/g, "<br>")}</p>`,
    )
    .join("");
}
