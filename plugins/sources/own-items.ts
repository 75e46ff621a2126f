import { askReading } from "./reading.ts";
import type { FeedRow, Own } from "./rows.ts";
import { readItem, type Taken } from "./take-items.ts";

/**
 * Whose own words a feed is: people whose site and profile name each other (rel=me both ways). Where it is copied into a blog, the blog
 * speaks for them already.
 */
export async function speakersOf({ tables }: Own, feedId: string): Promise<readonly string[]> {
  const rows = await tables.query<{ account_id: string }>(
    "SELECT account_id FROM p_sources_owners WHERE feed_id = ? AND proof = 'both' AND is_copied = 0 LIMIT 5",
    [feedId],
  );
  return rows.map(({ account_id: id }) => id);
}

/** Puts items into the timeline as posts of a person. */
export async function putOwn(context: Own, accountId: string, row: FeedRow, items: readonly Taken[]): Promise<void> {
  for (const one of items) {
    const { key, url, html, publishedAt, replyTo = "", title, photos, isNew } = readItem(row, one);
    const post = { title, photos, isNew };
    await askReading(context, (store) =>
      store.putOwn({ accountId, key: ownKey(row, key), url, html, publishedAt, replyTo, post }),
    );
  }
}

/** Takes one of them away again. */
export async function removeOwn(context: Own, accountId: string, row: FeedRow, key: string): Promise<void> {
  await askReading(context, (store) => store.remove(accountId, [ownKey(row, key)]));
}

const ownKey = (row: FeedRow, key: string): string => `source ${row.id} ${key}`;
