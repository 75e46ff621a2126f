import type { FeedItem } from "rookery/plugin";
import { hashOf } from "./ids.ts";
import { normalisedLink } from "./links.ts";
import type { FeedRow, ItemRow, Own } from "./rows.ts";
import { untangled } from "./same-guids.ts";

const [week, some] = [7 * 86_400_000, 200];
const columns = "id, key_text, first_key, url, link_hash, content_hash, published_at, seen_at, missed_at, is_passed";

/** An item of a document with its marks, and what is known of it. */
export type Marked = {
  readonly item: FeedItem;
  readonly id: string;
  /** Of everything that counts as an edit, then of the words alone. */
  readonly content: string;
  readonly link: string;
  readonly known: ItemRow | null;
};

/** The id of an item within its feed. */
export const itemId = (feedId: string, key: string): string => hashOf(`${feedId} ${key}`);

/**
 * Looks up all items of a document at once: by their keys; else by link and words within a week, for a guid may change (WordPress moving
 * to https). One that is known by a key which still stands in the document is another item.
 */
export async function knownItems(context: Own, row: FeedRow, items: readonly FeedItem[]): Promise<readonly Marked[]> {
  const marked = items.map((item) => ({ item, ...marksOf(row, item) }));
  const byId = new Map<string, ItemRow>();
  await inParts(marked, async (part) => {
    const sql = `SELECT ${columns} FROM p_sources_items WHERE id IN (${part.map(() => "?").join(", ")})`;
    for (const found of await context.tables.query<ItemRow>(
      sql,
      part.map(({ id }) => id),
    ))
      byId.set(found.id, found);
  });
  const fresh = row.is_begun === 1 ? marked.filter(({ id }) => !byId.has(id)) : [];
  const byLink = new Map<string, ItemRow>();
  const since = new Date(context.clock.now().getTime() - week).toISOString();
  const ids = new Set(marked.map(({ id }) => id));
  await inParts(fresh, async (part) => {
    const sql = `SELECT ${columns} FROM p_sources_items WHERE feed_id = ? AND link_hash IN (${part.map(() => "?").join(", ")}) AND seen_at >= ?`;
    for (const found of await context.tables.query<ItemRow>(sql, [row.id, ...part.map(({ link }) => link), since]))
      if (!ids.has(found.id)) byLink.set(`${found.link_hash}${found.content_hash.slice(32)}`, found);
  });
  const found = marked.map((one) => {
    const moved = `${one.link}${one.content.slice(32)}`;
    const known = byId.get(one.id) ?? byLink.get(moved) ?? null;
    // Two that are alike are not both the one that moved.
    byLink.delete(moved);
    return { ...one, known };
  });
  return untangled(row, found, (links) =>
    context.tables.query<ItemRow>(
      `SELECT ${columns} FROM p_sources_items WHERE feed_id = ? AND link_hash IN (${links.map(() => "?").join(", ")})`,
      [row.id, ...links],
    ),
  );
}

function marksOf(row: FeedRow, item: FeedItem) {
  const media = [item.photos, item.audio, item.video].flat().map(({ url }) => url);
  const all = hashOf(JSON.stringify([item.title, item.html, item.url, media]));
  const words = hashOf(JSON.stringify([item.title, item.html]));
  return {
    id: itemId(row.id, item.key),
    content: `${all.slice(0, 32)}${words.slice(0, 32)}`,
    link: hashOf(item.url ? normalisedLink(item.url) : item.key),
  };
}

async function inParts<T>(all: readonly T[], work: (part: readonly T[]) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += some) await work(all.slice(at, at + some));
}
