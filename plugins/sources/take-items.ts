import { sanitise, type Feed, type FeedItem } from "rookery/plugin";
import { copyItem, removeCopies } from "./copies.ts";
import { timelineIdOf } from "./feeds.ts";
import { hashOf } from "./ids.ts";
import { normalisedLink } from "./links.ts";
import { askReading } from "./reading.ts";
import type { FeedRow, ItemRow, Own } from "./rows.ts";

/** Items that the first poll of a feed takes, the newest. */
export const firstItems = 20;
const week = 7 * 86_400_000;

/** Takes in what is new or changed in a feed. Repeated, it changes nothing. Gives how many items were new. */
export async function takeItems(context: Own, row: FeedRow, feed: Feed): Promise<number> {
  const isFirst = row.is_begun === 0;
  const timelineId = await timelineIdOf(context, row, feed);
  const now = context.clock.now().toISOString();
  const sorted = feed.items
    .map((item) => ({ item, at: item.publishedAt && item.publishedAt < now ? item.publishedAt : now }))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .slice(0, isFirst ? firstItems : feed.items.length)
    .toReversed();
  let fresh = 0;
  for (const { item, at } of sorted) {
    context.signal.throwIfAborted();
    if (await takeItem(context, { row, item, at, isFirst, timelineId })) fresh++;
  }
  for (const key of feed.deleted) await removeItem(context, row, key);
  return fresh;
}

type Taken = {
  readonly row: FeedRow;
  readonly item: FeedItem;
  readonly at: string;
  readonly isFirst: boolean;
  readonly timelineId: string;
};

async function takeItem(context: Own, { row, item, at, isFirst, timelineId }: Taken): Promise<boolean> {
  const { tables } = context;
  const content = hashOf(
    JSON.stringify([item.title, item.html, item.url, [item.photos, item.audio, item.video].flat().map(({ url }) => url)]),
  );
  const words = hashOf(JSON.stringify([item.title, item.html]));
  const link = hashOf(item.url ? normalisedLink(item.url) : item.key);
  const known = await knownItem(context, row, { key: item.key, link, words });
  if (known?.content_hash === `${content.slice(0, 32)}${words.slice(0, 32)}`) {
    if (known.missed_at) await tables.run("UPDATE p_sources_items SET missed_at = NULL WHERE id = ?", [known.id]);
    return false;
  }
  const id = known?.id ?? itemId(row.id, item.key);
  const publishedAt = known?.published_at ?? at;
  const html = sanitise(item.html, "reader");
  // The effects first: broken off here, the next poll has them once more, under the same keys.
  if (timelineId)
    await askReading(context, (store) =>
      store.put([
        {
          key: known?.key_text ?? item.key,
          sourceId: timelineId,
          url: item.url || row.site || row.url,
          title: item.title,
          html,
          photos: item.photos.map(({ url, alt }) => ({ url, alt })).slice(0, 20),
          language: /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$/.test(item.language) ? item.language : "",
          publishedAt,
          ...(item.inReplyTo && { replyTo: item.inReplyTo }),
          isNew: !isFirst && publishedAt >= row.created_at,
        },
      ]),
    );
  await copyItem(context, row, { id, item, html, publishedAt, isFirst });
  const hash = `${content.slice(0, 32)}${words.slice(0, 32)}`;
  if (known) {
    await tables.run("UPDATE p_sources_items SET content_hash = ?, url = ?, link_hash = ?, missed_at = NULL WHERE id = ?", [
      hash,
      item.url,
      link,
      id,
    ]);
    return false;
  }
  await tables.run(
    `INSERT INTO p_sources_items (id, blog_id, feed_id, key_text, url, link_hash, content_hash, published_at, seen_at, missed_at)
     VALUES (?, '', ?, ?, ?, ?, ?, ?, ?, NULL)`,
    [id, row.id, item.key, item.url, link, hash, publishedAt, context.clock.now().toISOString()],
  );
  return true;
}

// By its key; else one of the same link and words within a week, whose guid changed (WordPress moving to https).
async function knownItem(
  { tables, clock }: Own,
  row: FeedRow,
  { key, link, words }: { key: string; link: string; words: string },
): Promise<ItemRow | null> {
  const [same] = await tables.query<ItemRow>("SELECT * FROM p_sources_items WHERE id = ?", [itemId(row.id, key)]);
  if (same) return same;
  const since = new Date(clock.now().getTime() - week).toISOString();
  const moved = await tables.query<ItemRow>(
    "SELECT * FROM p_sources_items WHERE feed_id = ? AND link_hash = ? AND seen_at >= ? LIMIT 5",
    [row.id, link, since],
  );
  return moved.find(({ content_hash: hash }) => hash.slice(32) === words.slice(0, 32)) ?? null;
}

/** Takes an item away again: its feed, or its page, says it was deleted. */
export async function removeItem(context: Own, row: FeedRow, key: string): Promise<void> {
  const id = itemId(row.id, key);
  const known = await context.tables.query("SELECT id FROM p_sources_items WHERE id = ?", [id]);
  if (known.length === 0) return;
  if (row.timeline_id) await askReading(context, (store) => store.remove(row.timeline_id, [key]));
  await removeCopies(context, id);
  await context.tables.run("DELETE FROM p_sources_items WHERE id = ?", [id]);
}

const itemId = (feedId: string, key: string): string => hashOf(`${feedId} ${key}`);
