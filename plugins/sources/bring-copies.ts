import { parseFeed, isUlid } from "rookery/plugin";
import { copyItem } from "./copies.ts";
import { feedById } from "./feeds.ts";
import { fetchFeed } from "./fetch-feed.ts";
import { knownItems } from "./known-items.ts";
import { putOwn } from "./own-items.ts";
import type { Own, OwnerRow } from "./rows.ts";
import { firstItems } from "./take-items.ts";

/**
 * Brings the newest 20 items that are there already into the blog somebody just chose, or to the posts of whoever just proved that they
 * are theirs; they are no news, so nobody is told of them.
 */
export async function bringCopies(context: Own, ownerId: string): Promise<void> {
  const [owner] = isUlid(ownerId)
    ? await context.tables.query<OwnerRow>("SELECT * FROM p_sources_owners WHERE id = ?", [ownerId])
    : [];
  const row = owner && (await feedById(context, owner.feed_id));
  if (!owner || !row || (owner.is_copied === 0 && owner.proof !== "both")) return;
  const answer = await fetchFeed(context, { url: row.url, etag: "", last_modified: "", body_hash: "" });
  const feed = answer.kind === "new" ? await parseFeed(answer.bytes, answer) : null;
  const now = context.clock.now().toISOString();
  const newest = (await knownItems(context, row, feed?.items ?? []))
    .map((one) => ({ ...one, publishedAt: one.known?.published_at ?? (one.item.publishedAt || now) }))
    .map((one) => ({ ...one, publishedAt: one.publishedAt < now ? one.publishedAt : now }))
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : 0))
    .slice(0, firstItems)
    .toReversed();
  const taken = newest.map((one) => ({ ...one, isPassed: false, isOld: true }));
  if (owner.is_copied === 0) return putOwn(context, owner.account_id, row, taken);
  for (const one of taken) {
    const copied = await context.tables.query("SELECT post_id FROM p_sources_posts WHERE owner_id = ? AND item_id IN (?, ?)", [
      owner.id,
      one.id,
      one.known?.id ?? one.id,
    ]);
    if (copied.length === 0) await copyItem(context, [owner], one);
  }
}
