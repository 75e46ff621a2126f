import type { Json } from "rookery/plugin";
import { fanOutBatch } from "../bounds.ts";
import type { Own } from "../settings.ts";

type Row = {
  number: number;
  blog_id: string;
  source_id: string;
  place_id: string;
  kind: string;
  at: string;
  has_photo: number;
  state: string;
};

/** Brings an item into the timelines of whoever follows its source or its blog, in batches; run again it changes nothing. */
export async function fanOut(data: Json, context: Own): Promise<void> {
  const { tables } = context;
  const [item] = await tables.query<Row>(
    "SELECT number, blog_id, source_id, place_id, kind, at, has_photo, state FROM p_timeline_items WHERE number = ? AND state IN ('shown', 'kept') AND spread = 'waiting'",
    [Number((data as { number?: number }).number) || 0],
  );
  if (!item) return;
  await intoOwn(context, item);
  // Its author sees it, and nobody else for now.
  if (item.state === "kept") return;
  // Who follows the blog follows its posts, not what readers answer there.
  for (const sourceId of new Set(item.kind === "post" ? [item.source_id, item.place_id] : [item.source_id]))
    if (sourceId !== "") await intoAll(context, item, sourceId);
  await tables.run("UPDATE p_timeline_items SET spread = 'done' WHERE number = ?", [item.number]);
}

async function intoAll(context: Own, item: Row, sourceId: string): Promise<void> {
  const { tables, signal } = context;
  for (let after = ""; ;) {
    signal.throwIfAborted();
    const batch = await tables.query<{ account_id: string }>(
      `SELECT account_id FROM p_timeline_follows WHERE source_id = ? AND account_id > ? ORDER BY account_id LIMIT ${fanOutBatch}`,
      [sourceId, after],
    );
    const last = batch.at(-1)?.account_id;
    if (last === undefined) return;
    await tables.run(
      `INSERT INTO p_timeline_entries (account_id, number, blog_id, source_id, at, has_photo)
       SELECT f.account_id, ?, ?, ?, ?, ? FROM p_timeline_follows f
       WHERE f.source_id = ? AND f.account_id > ? AND f.account_id <= ?
       AND NOT EXISTS (SELECT 1 FROM p_timeline_entries e WHERE e.account_id = f.account_id AND e.number = ?)`,
      [item.number, item.blog_id, sourceId, item.at, item.has_photo, sourceId, after, last, item.number],
    );
    if (batch.length < fanOutBatch) return;
    after = last;
  }
}

// What somebody says stands in their own timeline too.
async function intoOwn({ tables }: Own, item: Row): Promise<void> {
  await tables.run(
    `INSERT INTO p_timeline_entries (account_id, number, blog_id, source_id, at, has_photo)
     SELECT s.id, ?, ?, s.id, ?, ? FROM p_timeline_sources s WHERE s.id = ? AND s.kind = 'person'
     AND NOT EXISTS (SELECT 1 FROM p_timeline_entries e WHERE e.account_id = s.id AND e.number = ?)`,
    [item.number, item.blog_id, item.at, item.has_photo, item.source_id, item.number],
  );
}
