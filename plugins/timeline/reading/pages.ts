import { isUlid } from "rookery/plugin";
import type { Item, ItemPage, LocalWish, PageWish } from "../api.ts";
import { largestPage, usualPage } from "../bounds.ts";
import type { Own } from "../settings.ts";
import { itemsByNumber, type Known } from "./items.ts";
import { isMuted, readerOf, wants, withoutStrangers, type Reader } from "./reader.ts";

type Place = { readonly at: string; readonly number: number };
/** A list of numbers: where it stands, and what picks somebody's part of it. */
type List = { readonly from: string; readonly where: string; readonly values: readonly (string | number)[] };

type Reading = {
  readonly wish: PageWish;
  readonly reader: Reader;
  readonly isHome?: boolean;
  readonly fits?: (known: Known) => boolean;
};

// Somebody who mutes nearly everything does not make the server read a year.
const mostRounds = 8;

// Each of these is read in the order of an index; photos and films are two lists that are read as one.
const parts = { all: [""], photos: [" AND has_photo = 1"], media: [" AND has_photo = 1", " AND has_photo = 2"] } as const;

/** The home timeline, or its photos, or photos and films: strictly by time, without what the reader does not want to see. */
export async function home(
  context: Own,
  accountId: string,
  wish: PageWish = {},
  only: keyof typeof parts = "all",
): Promise<ItemPage> {
  const lists = parts[only].map((part): List => ({
    from: "p_timeline_entries",
    where: `account_id = ?${part}`,
    values: [accountId],
  }));
  return pageOf(context, lists, { wish, reader: await readerOf(context, accountId), isHome: true });
}

/** Replies to somebody, and what names them. */
export async function mentions(context: Own, accountId: string, wish: PageWish = {}): Promise<ItemPage> {
  return pageOf(context, [mentionsOf(accountId)], { wish, reader: await readerOf(context, accountId) });
}

/** Those among them that the reader's mutes and blocks hide. */
export async function hiddenMentions(context: Own, accountId: string, wish: PageWish = {}): Promise<ItemPage> {
  const reader = await readerOf(context, accountId);
  if (reader.mutes.length === 0) return { items: [], next: null };
  const fits = (known: Known) => isMuted(reader, known);
  return pageOf(context, [mentionsOf(accountId)], { wish, reader: { ...reader, mutes: [] }, fits });
}

const mentionsOf = (accountId: string): List => ({ from: "p_timeline_mentions", where: "account_id = ?", values: [accountId] });

/** What a source said. */
export async function profile(
  context: Own,
  accountId: string | null,
  { id, kind }: { readonly id: string; readonly kind: string },
  { photos = false, ...wish }: PageWish & { photos?: boolean } = {},
): Promise<ItemPage> {
  if (!isUlid(id)) return { items: [], next: null };
  const column = kind === "blog" ? "kind = 'post' AND place_id = ?" : "source_id = ?";
  const list: List = { from: "p_timeline_items", where: `${column}${photos ? " AND has_photo = 1" : ""}`, values: [id] };
  return pageOf(context, [list], { wish, reader: await readerOf(context, accountId) });
}

/** Public posts of this installation and of its people elsewhere, the newest first; a page may have fewer than it could when few of many fit. */
export async function localPosts(context: Own, { language, hasPhoto, authorId, ...wish }: LocalWish = {}): Promise<ItemPage> {
  if (authorId !== undefined && !isUlid(authorId)) return { items: [], next: null };
  const of = authorId === undefined ? [] : [authorId];
  const where = `is_local = 1${authorId === undefined ? "" : " AND source_id = ?"}`;
  const speaks = (tag: string) => language === undefined || tag === language || tag.startsWith(`${language}-`);
  const fits = ({ item }: Known) => speaks(item.language) && (!hasPhoto || item.photos.length > 0 || /<img\b/.test(item.html));
  const list: List = { from: "p_timeline_items", where, values: of };
  return pageOf(context, [list], { wish, reader: await readerOf(context, null), fits });
}

/** How many newer entries than an item there are, 41 at most. */
export async function newer({ tables }: Own, accountId: string, number: number): Promise<number> {
  const place = await placeAfter({ tables }, number);
  if (!place) return 0;
  const rows = await tables.query(
    "SELECT number FROM p_timeline_entries WHERE account_id = ? AND at >= ? AND (at > ? OR number > ?) LIMIT 41",
    [accountId, place.at, place.at, place.number],
  );
  return rows.length;
}

/** The entry that stands 30 above an item in the home timeline: the page before it has the item on it. Null where there are not so many. */
export async function above({ tables }: Pick<Own, "tables">, accountId: string, number: number): Promise<number | null> {
  const place = await placeOf({ tables }, number);
  if (!place) return null;
  const rows = await tables.query<{ number: number }>(
    "SELECT number FROM p_timeline_entries WHERE account_id = ? AND at >= ? AND (at > ? OR number > ?) ORDER BY at, number LIMIT 30",
    [accountId, place.at, place.at, place.number],
  );
  return rows.length === 30 ? rows.at(-1)!.number : null;
}

async function pageOf(
  context: Own,
  lists: readonly List[],
  { wish, reader, isHome = false, fits = () => true }: Reading,
): Promise<ItemPage> {
  const limit = Math.min(Math.max(Math.floor(wish.limit ?? usualPage) || 0, 0), largestPage);
  if (limit === 0) return { items: [], next: null };
  let before = wish.before === undefined ? null : await placeOf(context, wish.before);
  const since = wish.since === undefined ? null : await placeAfter(context, wish.since);
  if (wish.before !== undefined && !before) return { items: [], next: null };
  const found: Item[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const places = await placesIn(context, lists, { before, since, limit: limit + 20 });
    const known = await itemsByNumber(
      context,
      places.map(({ number }) => number),
    );
    const wanted = places.flatMap(({ number }) => known.get(number) ?? []).filter((one) => wants(reader, one) && fits(one));
    const shown = isHome ? await withoutStrangers(context, reader, wanted) : wanted;
    found.push(...shown.map(({ item }) => item));
    if (found.length > limit) return { items: found.slice(0, limit), next: found[limit - 1]!.number };
    if (places.length < limit + 20) return { items: found, next: null };
    before = places.at(-1)!;
    if (found.length === limit) break;
  }
  return { items: found, next: before?.number ?? null };
}

type Part = { readonly before: Place | null; readonly since: Place | null; readonly limit: number };

// Of several lists the newest of all.
async function placesIn(context: Own, lists: readonly List[], part: Part): Promise<readonly Place[]> {
  const found = await Promise.all(lists.map((list) => placesOf(context, list, part)));
  if (found.length === 1) return found[0]!;
  const isNewer = (one: Place, other: Place) => one.at > other.at || (one.at === other.at && one.number > other.number);
  return found
    .flat()
    .toSorted((one, other) => (isNewer(one, other) ? -1 : 1))
    .slice(0, part.limit);
}

async function placesOf(
  { tables }: Own,
  { from, where, values }: List,
  { before, since, limit }: Part,
): Promise<readonly Place[]> {
  const after = before ? " AND at <= ? AND (at < ? OR number < ?)" : "";
  const until = since ? " AND at >= ? AND (at > ? OR number > ?)" : "";
  return tables.query<Place>(
    `SELECT at, number FROM ${from} WHERE ${where}${after}${until} ORDER BY at DESC, number DESC LIMIT ?`,
    [
      ...values,
      ...(before ? [before.at, before.at, before.number] : []),
      ...(since ? [since.at, since.at, since.number] : []),
      limit,
    ],
  );
}

async function placeOf({ tables }: Pick<Own, "tables">, number: number): Promise<Place | null> {
  if (!Number.isInteger(number) || number < 1 || number > 2_147_483_647) return null;
  const [row] = await tables.query<Place>("SELECT at, number FROM p_timeline_items WHERE number = ?", [number]);
  return row ?? null;
}

/** Where what is newer than a number begins: at its item, or, when that is gone or was none, at the last one that was numbered before. */
async function placeAfter({ tables }: Pick<Own, "tables">, number: number): Promise<Place | null> {
  const place = await placeOf({ tables }, number);
  if (place || !Number.isInteger(number) || number < 1) return place;
  const [row] = await tables.query<Place>("SELECT at FROM p_timeline_items WHERE number < ? ORDER BY number DESC LIMIT 1", [
    Math.min(number, 2_147_483_647),
  ]);
  return row ? { at: row.at, number } : null;
}
