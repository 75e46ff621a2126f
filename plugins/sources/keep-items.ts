import { packed } from "./raw.ts";
import type { Marked } from "./known-items.ts";
import type { FeedRow, Own } from "./rows.ts";

/** An item that was taken in, or passed by, with the moment it stands at. */
export type Kept = Marked & { readonly publishedAt: string; readonly isPassed: boolean };

/** Items that one statement stores. */
const batch = 40;

/** Remembers items: new ones in few statements, changed ones each by itself. */
export async function keepItems({ tables, clock }: Own, row: FeedRow, items: readonly Kept[]): Promise<void> {
  const now = clock.now().toISOString();
  const fresh = items.filter(({ known }) => !known);
  for (let at = 0; at < fresh.length; at += batch) {
    const part = fresh.slice(at, at + batch);
    await tables.run(
      `INSERT INTO p_sources_items (id, blog_id, feed_id, key_text, first_key, url, link_hash, content_hash, published_at, seen_at, missed_at, is_passed, raw)
       VALUES ${part.map(() => "(?, '', ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)").join(", ")}`,
      part.flatMap(({ id, item, link, content, publishedAt, isPassed }) => [
        id,
        row.id,
        item.key,
        item.key,
        item.url,
        link,
        content,
        publishedAt,
        now,
        isPassed ? 1 : 0,
        isPassed ? "" : packed(item.raw),
      ]),
    );
  }
  for (const { id, item, link, content, known } of items) {
    if (!known) continue;
    // Under a new guid it is found by that one from now on.
    if (known.id !== id) await tables.run("UPDATE p_sources_posts SET item_id = ? WHERE item_id = ?", [id, known.id]);
    await tables.run(
      "UPDATE p_sources_items SET id = ?, key_text = ?, content_hash = ?, url = ?, link_hash = ?, missed_at = NULL, raw = ? WHERE id = ?",
      [id, item.key, content, item.url, link, known.is_passed === 1 ? "" : packed(item.raw), known.id],
    );
  }
}
