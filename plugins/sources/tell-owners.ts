import type { FeedRow, Own } from "./rows.ts";

/** Tells whoever has a feed as their source how it stands, once. */
export async function tellOwners(context: Own, row: FeedRow, what: "gone" | "failing" | "paused"): Promise<void> {
  const owners = await context.tables.query<{ id: string; account_id: string }>(
    "SELECT id, account_id FROM p_sources_owners WHERE feed_id = ? LIMIT 200",
    [row.id],
  );
  for (const { id, account_id: accountId } of owners)
    await context.notify(accountId, {
      kind: "source",
      key: `notice.${what}`,
      values: { title: row.title || row.url },
      url: new URL(`/sources/${id}`, context.site.url).href,
      subject: `${id} ${what}`,
    });
}
