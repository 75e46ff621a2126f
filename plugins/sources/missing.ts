import type { Feed } from "rookery/plugin";
import type { FeedRow, ItemRow, Own } from "./rows.ts";
import { removeItem } from "./take-items.ts";

const [hour, mostAsked, restDays] = [3_600_000, 5, 7];

/**
 * Looks for items that are missing from the middle of a feed, an older and a newer one still being there: at the second poll, an hour
 * later at least, their page is asked, and only 404 or 410 takes them away. What drops off the end stays.
 */
export async function lookForMissing(context: Own, row: FeedRow, feed: Feed): Promise<void> {
  const { tables, clock } = context;
  const dates = feed.items
    .map(({ publishedAt }) => publishedAt)
    .filter(Boolean)
    .sort();
  const [oldest, newest] = [dates[0], dates.at(-1)];
  if (feed.isCut || !oldest || !newest) return;
  const there = new Set(feed.items.map(({ key }) => key));
  const links = new Set(feed.items.map(({ url }) => url));
  const within = await tables.query<ItemRow>(
    "SELECT * FROM p_sources_items WHERE feed_id = ? AND published_at > ? AND published_at < ? ORDER BY published_at DESC LIMIT 1000",
    [row.id, oldest, newest],
  );
  const now = clock.now();
  let asked = 0;
  for (const item of within) {
    if (there.has(item.key_text) || item.url === "" || links.has(item.url)) continue;
    if (!item.missed_at) await missed(context, item, now);
    else if (now.getTime() - Date.parse(item.missed_at) >= hour && asked++ < mostAsked) {
      if (await isGone(context, item.url)) await removeItem(context, row, item.key_text);
      // Its page is there: it only left the feed, and is not asked for again at every turn.
      else await missed(context, item, new Date(now.getTime() + restDays * 24 * hour));
    }
  }
}

async function missed({ tables }: Own, { id }: ItemRow, at: Date): Promise<void> {
  await tables.run("UPDATE p_sources_items SET missed_at = ? WHERE id = ?", [at.toISOString(), id]);
}

async function isGone(context: Own, url: string): Promise<boolean> {
  try {
    const { status } = await context.fetch(url, { timeout: 10_000, maxBytes: 2_000_000 });
    return status === 404 || status === 410;
  } catch {
    return false;
  }
}
