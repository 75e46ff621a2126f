import { hashOf } from "../ids.ts";
import type { Own } from "../settings.ts";
import { pageOf } from "./store-item.ts";

/** Somebody of this installation behind a source, as a list of one or none. */
export async function personAt({ tables }: Own, sourceId: string): Promise<readonly string[]> {
  const rows = await tables.query<{ id: string }>("SELECT id FROM p_timeline_sources WHERE id = ? AND kind = 'person'", [
    sourceId,
  ]);
  return rows.map(({ id }) => id);
}

/** The item at an address; null for none. */
export async function itemAt({ tables }: Own, url: string) {
  const sql = "SELECT number, source_id FROM p_timeline_items WHERE url_hash = ? ORDER BY number LIMIT 1";
  return (await tables.query<{ number: number; source_id: string }>(sql, [hashOf(pageOf(url))]))[0] ?? null;
}

/** Tells other plugins of a new item. */
export async function tellNew(context: Own, number: number, sourceId: string): Promise<void> {
  await context.call("timeline.received", { number, sourceId });
}
