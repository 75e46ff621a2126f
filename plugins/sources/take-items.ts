import type { Feed, FeedItem } from "rookery/plugin";
import { isLanguage, linkTo } from "./copied-words.ts";
import { copyItem, copyingOwners, removeCopies } from "./copies.ts";
import { timelineIdOf } from "./feeds.ts";
import { keepItems, type Kept } from "./keep-items.ts";
import { itemId, knownItems } from "./known-items.ts";
import { putOwn, removeOwn, speakersOf } from "./own-items.ts";
import { askReading, type ReadItem } from "./reading.ts";
import type { FeedRow, ItemRow, Own } from "./rows.ts";

/** Items that the first poll of a feed takes, the newest; and that are sent on from a later one. More at once is no news but a flood. */
export const [firstItems, mostNews] = [20, 30] as const;
const batch = 25;

/** An item about to go where it is read. */
export type Taken = Kept & {
  /** It was there before somebody wanted the feed, or came in a flood: it goes into archives, and nobody is told. */
  readonly isOld: boolean;
};

/** Takes in what is new or changed in a feed. Repeated, it changes nothing. Gives how many items were new. */
export async function takeItems(context: Own, row: FeedRow, feed: Feed): Promise<number> {
  const isFirst = row.is_begun === 0;
  const now = context.clock.now().toISOString();
  // What stands there and is said to be deleted is deleted; else it would come and go with each look.
  const deleted = new Set(feed.deleted);
  const items = feed.items.filter((item) => saysSomething(item) && !deleted.has(item.key));
  const marked = (await knownItems(context, row, items))
    .map((one) => ({ ...one, publishedAt: one.known?.published_at ?? momentOf(one.item.publishedAt, now) }))
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : 0));
  await seenAgain(
    context,
    marked.map(({ known }) => known),
  );
  let fresh = 0;
  const wanted: Taken[] = [];
  const passed: Kept[] = [];
  for (const [place, one] of marked.entries()) {
    const { known, content, id } = one;
    if (known?.content_hash === content && known.id === id) continue;
    const isPassed = known ? known.is_passed === 1 : isFirst && place >= firstItems;
    if (isPassed) {
      passed.push({ ...one, isPassed });
      continue;
    }
    if (!known) fresh++;
    const isOld = isFirst || one.publishedAt < row.created_at || fresh > mostNews;
    wanted.push({ ...one, isPassed, isOld });
  }
  await takeAll(context, row, feed, wanted.toReversed());
  await keepItems(context, row, passed);
  for (const key of feed.deleted) await removeItem(context, row, key);
  return fresh;
}

// Some feeds have items that are only there.
const saysSomething = ({ url, title, html, photos, audio, video }: FeedItem): boolean =>
  [url, title, html].some((text) => text !== "") || photos.length + audio.length + video.length > 0;

async function takeAll(context: Own, row: FeedRow, feed: Feed, items: readonly Taken[]): Promise<void> {
  if (items.length === 0) return;
  const timelineId = await timelineIdOf(context, row, feed);
  const owners = await copyingOwners(context, row.id);
  const speakers = await speakersOf(context, row.id);
  for (let at = 0; at < items.length; at += batch) {
    context.signal.throwIfAborted();
    const part = items.slice(at, at + batch);
    // The effects first: broken off here, the next poll has them once more, under the same keys.
    if (timelineId)
      await askReading(context, (store) => store.put(part.map((one) => ({ ...readItem(row, one), sourceId: timelineId }))));
    for (const accountId of speakers) await putOwn(context, accountId, row, part);
    for (const one of owners.length === 0 ? [] : part) await copyItem(context, owners, one);
    await keepItems(context, row, part);
  }
}

/** An item as the timeline takes it. */
export function readItem(row: FeedRow, { item, known, publishedAt, isOld }: Taken): Omit<ReadItem, "sourceId"> {
  return {
    key: known?.first_key ?? item.key,
    url: item.url || row.site || row.url,
    title: item.title,
    // Whoever takes items in there cleans them.
    html: item.html || (item.title === "" && item.photos.length === 0 ? linkTo(item) : ""),
    photos: item.photos.map(({ url, alt }) => ({ url, alt })).slice(0, 20),
    language: isLanguage(item.language) ? item.language : "",
    publishedAt,
    ...(item.inReplyTo && { replyTo: item.inReplyTo }),
    isNew: !isOld,
  };
}

// What lies in the future, or has no date, is from now.
const momentOf = (written: string, now: string): string => (written && written < now ? written : now);

async function seenAgain({ tables }: Own, known: readonly (ItemRow | null)[]): Promise<void> {
  const ids = known.flatMap((one) => (one?.missed_at ? [one.id] : []));
  if (ids.length > 0)
    await tables.run(`UPDATE p_sources_items SET missed_at = NULL WHERE id IN (${ids.map(() => "?").join(", ")})`, ids);
}

/** Takes an item away again: its feed, or its page, says it was deleted. */
export async function removeItem(context: Own, row: FeedRow, key: string): Promise<void> {
  const id = itemId(row.id, key);
  const [known] = await context.tables.query<{ first_key: string }>("SELECT first_key FROM p_sources_items WHERE id = ?", [id]);
  if (!known) return;
  if (row.timeline_id) await askReading(context, (store) => store.remove(row.timeline_id, [known.first_key]));
  for (const accountId of await speakersOf(context, row.id)) await removeOwn(context, accountId, row, known.first_key);
  await removeCopies(context, id);
  await context.tables.run("DELETE FROM p_sources_items WHERE id = ?", [id]);
}
