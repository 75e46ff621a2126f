import { gunzipSync } from "node:zlib";
import { isUlid, parseFeed, type Json } from "rookery/plugin";
import { feedById } from "../feeds.ts";
import type { Own } from "../rows.ts";
import { takeItems } from "../take-items.ts";

type Push = { readonly id: string; readonly feed_id: string; readonly type: string; readonly body: string };

/** Reads what a hub delivered. It may be part of the feed only, so that what is missing in it says nothing. */
export async function readPush(context: Own, data: Json): Promise<void> {
  const { pushId } = data as { pushId: string };
  const { tables, clock } = context;
  const [push] = isUlid(pushId) ? await tables.query<Push>("SELECT * FROM p_sources_pushes WHERE id = ?", [pushId]) : [];
  if (!push) return;
  const row = await feedById(context, push.feed_id);
  const bytes = gunzipSync(Buffer.from(push.body, "base64"));
  const feed = row?.state === "active" ? await parseFeed(bytes, { url: row.url, contentType: push.type }) : null;
  if (row && feed) {
    const fresh = await takeItems(context, row, feed);
    if (fresh > 0) await tables.run("UPDATE p_sources_feeds SET fresh_at = ? WHERE id = ?", [clock.now().toISOString(), row.id]);
  }
  await tables.run("DELETE FROM p_sources_pushes WHERE id = ?", [push.id]);
}

/** Goes on with what lies there and has no job: the process ended between the two. */
export async function resumePushes(context: Own): Promise<void> {
  const rows = await context.tables.query<{ id: string }>("SELECT id FROM p_sources_pushes ORDER BY id LIMIT 500");
  for (const { id } of rows) await context.enqueue("push", { pushId: id }, { key: `push ${id}` });
}
