import type { Source } from "../../timeline/api.ts";
import { marks } from "../numbered.ts";
import type { Own } from "../settings.ts";
import { missing } from "../wire/answers.ts";
import { askTimeline } from "../wire/peers.ts";
import { finely } from "./moments.ts";

/** A source somebody follows, as feed readers know it: by a number, and by their own name for it. */
export type Subscription = {
  readonly number: number;
  readonly source: Source;
  readonly title: string;
  readonly createdAt: string;
};
type Row = { source_id: string; title: string; created_at: string };

/** Whatever somebody follows, by name. */
export async function subscriptionsOf(context: Own, accountId: string): Promise<readonly Subscription[]> {
  const sources = await askTimeline(context, (store) => store.following(accountId));
  const rows = await keptRows(context, accountId, sources);
  const numbers = await context.numbers.of(sources.map(({ id }) => id));
  return sources.map((source) => ({
    number: numbers.get(source.id)!,
    source,
    title: rows.get(source.id)?.title || source.title,
    createdAt: rows.get(source.id)!.created_at,
  }));
}

/** One of them; PublicError 404. */
export async function subscriptionOf(context: Own, accountId: string, number: number): Promise<Subscription> {
  const found = (await subscriptionsOf(context, accountId)).find((one) => one.number === number);
  if (!found) throw missing("You have no such subscription.");
  return found;
}

/** What somebody calls it from now on; an empty name is the source's own. */
export async function renameSubscription({ tables }: Own, accountId: string, { source }: Subscription, title: string) {
  await tables.run("UPDATE p_client_api_subscriptions SET title = ? WHERE account_id = ? AND source_id = ?", [
    title,
    accountId,
    source.id,
  ]);
}

/** A subscription as apps read it. */
export function subscriptionJson(
  { site }: Pick<Own, "site">,
  { number, source, title, createdAt }: Subscription,
  isExtended: boolean,
) {
  const icon = source.avatar === "" ? null : (URL.parse(source.avatar, site.url)?.href ?? null);
  const json = {
    id: number,
    created_at: finely(createdAt),
    feed_id: number,
    title,
    feed_url: feedUrlOf(site.url, source),
    site_url: source.url,
  };
  return isExtended ? { ...json, json_feed: { title, home_page_url: source.url, ...(icon && { favicon: icon, icon }) } } : json;
}

/** The feed of a source: what people here and blogs here have, and where other feeds are. */
export function feedUrlOf(siteUrl: string, { kind, key, url, handle }: Source): string {
  if (kind === "person") return new URL(`/feeds/${handle}.json`, siteUrl).href;
  if (kind === "blog") return new URL("/feed.json", url).href;
  return /^https?:/.test(key) ? key : url;
}

// What is followed since the last look is written down with today's date; what is not any more goes.
async function keptRows({ tables, clock }: Own, accountId: string, sources: readonly Source[]): Promise<Map<string, Row>> {
  const read = async () => {
    const sql = "SELECT source_id, title, created_at FROM p_client_api_subscriptions WHERE account_id = ? LIMIT 10000";
    return new Map((await tables.query<Row>(sql, [accountId])).map((row) => [row.source_id, row]));
  };
  let rows = await read();
  const fresh = sources.filter(({ id }) => !rows.has(id));
  const now = clock.now().toISOString();
  for (let at = 0; at < fresh.length; at += 100) {
    const some = fresh.slice(at, at + 100);
    const values = some.flatMap(({ id }) => [accountId, id, now]);
    // Two devices at once: the other one wrote some of them already.
    await tables
      .run(
        `INSERT INTO p_client_api_subscriptions (account_id, source_id, blog_id, title, created_at) VALUES ${some.map(() => "(?, ?, '', '', ?)").join(", ")}`,
        values,
      )
      .catch(() => undefined);
  }
  if (fresh.length > 0) rows = await read();
  const followed = new Set(sources.map(({ id }) => id));
  const gone = [...rows.keys()].filter((id) => !followed.has(id)).slice(0, 500);
  if (gone.length > 0)
    await tables.run(`DELETE FROM p_client_api_subscriptions WHERE account_id = ? AND source_id IN (${marks(gone.length)})`, [
      accountId,
      ...gone,
    ]);
  for (const { id } of sources) if (!rows.has(id)) rows.set(id, { source_id: id, title: "", created_at: now });
  return rows;
}
