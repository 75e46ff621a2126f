import { createHash } from "node:crypto";
import type { FeedItem, FeedMedia } from "./feed.types.ts";
import { absoluteMarkup, shortText } from "./markup.ts";
import { shownTitle } from "./titles.ts";

/** An item as one of the formats has it, before what all formats have in common is done. */
export type RawItem = Omit<FeedItem, "key" | "title"> & { readonly id: string; readonly base: string };

/** Items of one document that are read, the newest; longer feeds are cut. */
export const mostItems = 1_000;
const longestHtml = 500_000;
// Letters of items as they stand in the feed, of one and of all.
const [longestRaw, mostRaw] = [256_000, 8_000_000];
// Text that SQLite and MariaDB both take, and no control letters.
// oxlint-disable-next-line no-control-regex
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f]/g;

/** One line of text from outside. */
export const lineOf = (text: string, most = 500): string =>
  text.replace(controls, "").replace(/\s+/g, " ").trim().slice(0, most).toWellFormed();

/** Gives items their keys, titles by the rules of importers-and-feeds.md §1, absolute addresses and pictures. */
export function finishItems(raw: readonly RawItem[], author: string): { items: FeedItem[]; isCut: boolean } {
  const isCut = raw.length > mostItems;
  const kept = isCut ? newest(raw) : raw;
  const keys = keysOf(kept);
  let rest = mostRaw;
  const rawOf = ({ raw: text }: RawItem) => {
    if (text.length > longestRaw || text.length > rest) return "";
    rest -= text.length;
    return text;
  };
  return { isCut, items: kept.map((item, at) => ({ ...finished(item, keys[at]!, author), raw: rawOf(item) })) };
}

function newest(raw: readonly RawItem[]): RawItem[] {
  const places = raw.map((item, at) => ({ item, at }));
  const isDated = raw.every(({ publishedAt }) => publishedAt !== "");
  // Without dates the first ones are the newest, as in every feed of the field.
  if (isDated)
    places.sort((a, b) =>
      a.item.publishedAt < b.item.publishedAt ? 1 : a.item.publishedAt > b.item.publishedAt ? -1 : a.at - b.at,
    );
  return places.slice(0, mostItems).map(({ item }) => item);
}

function finished(raw: RawItem, key: string, author: string): FeedItem {
  const { base, ...given } = raw;
  const { id, ...item } = given;
  void id;
  const { html, text, photos } = absoluteMarkup(item.html.replace(controls, "").toWellFormed().slice(0, longestHtml), base);
  const writtenTitle = lineOf(shortText(item.writtenTitle));
  return {
    ...item,
    key,
    writtenTitle,
    title: shownTitle(writtenTitle, text, item.author?.name || author),
    html,
    photos: distinct([...item.photos, ...photos]),
    audio: distinct(item.audio),
    video: distinct(item.video),
  };
}

function distinct(media: readonly FeedMedia[]): FeedMedia[] {
  const found = new Map<string, FeedMedia>();
  for (const one of media) {
    const before = found.get(one.url);
    if (one.url !== "" && (!before || (before.alt === "" && one.alt !== ""))) found.set(one.url, { ...before, ...one });
  }
  return [...found.values()].slice(0, 50);
}

// The first one of an id keeps it, later ones are told apart by their link, then by their place (the rule of Miniflux).
function keysOf(items: readonly RawItem[]): string[] {
  const taken = new Set<string>();
  return items.map((item, at) => {
    const plain = (
      item.id.trim() ||
      (item.url && normalisedLink(item.url)) ||
      `hash:${hash(`${item.writtenTitle}\n${item.html}`)}`
    ).slice(0, 2_000);
    const key =
      [plain, `${plain}|${item.url}`, `${plain}|${at}`].find((one) => !taken.has(one)) ?? `${plain}|${at}|${hash(item.html)}`;
    taken.add(key);
    return key.toWellFormed();
  });
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** An address without what makes no other page of it: scheme, `www.`, slash at the end, `utm_…`. For comparing, not for asking. */
export function normalisedLink(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  for (const name of Array.from(url.searchParams.keys())) if (name.startsWith("utm_")) url.searchParams.delete(name);
  return `${url.host.replace(/^www\./, "")}${url.pathname.replace(/\/+$/, "")}${url.search}`;
}
