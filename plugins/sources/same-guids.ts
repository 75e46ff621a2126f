import type { Marked } from "./known-items.ts";
import { itemId } from "./known-items.ts";
import type { FeedRow, ItemRow } from "./rows.ts";

/**
 * Tells items apart that a feed gives one guid. The first in a document has the plain one, so with each new item it wanders on: whom it
 * belonged to is known by the link. `siblings` gives what is known of a feed under some links. An item whose link changed stays itself,
 * as long as no other one has the link it had.
 */
export async function untangled(
  row: FeedRow,
  marked: readonly Marked[],
  siblings: (links: readonly string[]) => Promise<readonly ItemRow[]>,
): Promise<readonly Marked[]> {
  const wandered = marked.filter(({ item, link, known }) => known && item.url !== "" && known.link_hash !== link);
  if (wandered.length === 0) return marked;
  const known = await siblings(wandered.map(({ link }) => link));
  const now = new Map<Marked, Marked>();
  const taken = new Set(marked.map(({ id }) => id));
  for (const one of wandered) {
    const isSibling = (key: string) => key.startsWith(`${one.item.key}|`);
    const own = known.find((other) => other.link_hash === one.link && isSibling(other.key_text));
    const before = marked.find((other) => other.link === one.known!.link_hash && isSibling(other.item.key));
    const key = own?.key_text ?? `${one.item.key}|${one.item.url}`;
    const id = itemId(row.id, key);
    if ((!own && !before) || taken.has(id)) continue;
    taken.add(id);
    now.set(one, { ...one, id, item: { ...one.item, key }, known: own ?? null });
    if (before && !before.known)
      now.set(before, { ...before, id: one.id, item: { ...before.item, key: one.item.key }, known: one.known });
  }
  return marked.map((one) => now.get(one) ?? one);
}
