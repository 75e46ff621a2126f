import { isUlid, ulid, type Feed, type HeaderLink, type Json } from "rookery/plugin";
import { hashOf } from "../ids.ts";
import type { FeedRow, HubRow, Own } from "../rows.ts";
import { forgetHub, keysOf, makeKeys } from "./keys.ts";

/** Seconds a hub is asked to promise; and, in minutes, how long after a failure it is asked again, and how long one that said no is left alone. */
const [leaseWish, pauses, day, restDays] = [864_000, [10, 120], 86_400_000, 7] as const;

/**
 * Looks which hub a feed names (WebSub §4: headers before the document), and subscribes there when it is another one than before. Gives
 * what is to be remembered with the feed.
 */
export async function seeHub(
  context: Own,
  row: FeedRow,
  feed: Feed,
  links: readonly HeaderLink[],
): Promise<{ hub_hash?: string; lease_ends?: null }> {
  const named = (rel: string) => links.filter((link) => link.rel.includes(rel)).map(({ url }) => url);
  const hub = [...named("hub"), ...feed.hubs].find(isWebAddress) ?? "";
  const topic = [...named("self"), feed.self, row.url].find(isWebAddress) ?? "";
  const hubHash = hub === "" || topic === "" ? "" : hashOf(`${hub}\n${topic}`);
  if (hubHash === row.hub_hash) return {};
  await leaveHub(context, row.id);
  if (hubHash === "") return { hub_hash: "", lease_ends: null };
  const { tables, clock } = context;
  const id = ulid(clock.now().getTime());
  const { key } = await makeKeys(context, id);
  await tables.run(
    `INSERT INTO p_sources_hubs (id, blog_id, feed_id, key_hash, hub, topic, state, lease_ends, turn_at, attempts)
     VALUES (?, '', ?, ?, ?, ?, 'asked', NULL, ?, 0)`,
    [id, row.id, hashOf(key), hub, topic, new Date(clock.now().getTime() + day).toISOString()],
  );
  await context.enqueue("subscribe", { hubId: id }, { key: `subscribe ${id}` });
  return { hub_hash: hubHash, lease_ends: null };
}

const isWebAddress = (url: string) => /^https?:\/\//.test(url) && url.length <= 2_048;

/** Ends what a feed's hub was asked for: nobody wants it any more, or it names another hub. */
export async function leaveHub(context: Own, feedId: string): Promise<void> {
  const rows = await context.tables.query<{ id: string }>(
    "SELECT id FROM p_sources_hubs WHERE feed_id = ? AND state <> 'leaving' LIMIT 10",
    [feedId],
  );
  for (const { id } of rows) {
    await context.tables.run("UPDATE p_sources_hubs SET state = 'leaving', attempts = 0, turn_at = ? WHERE id = ?", [
      new Date(context.clock.now().getTime() + day).toISOString(),
      id,
    ]);
    await context.enqueue("subscribe", { hubId: id }, { key: `subscribe ${id}` });
  }
  if (rows.length > 0)
    await context.tables.run("UPDATE p_sources_feeds SET hub_hash = '', lease_ends = NULL WHERE id = ?", [feedId]);
}

/** Asks a hub for what its row says: to tell us what is new, or to stop (WebSub §5.1). It confirms that at the callback. */
export async function askHub(context: Own, data: Json): Promise<void> {
  const { hubId } = data as { hubId: string };
  const [row] = isUlid(hubId) ? await context.tables.query<HubRow>("SELECT * FROM p_sources_hubs WHERE id = ?", [hubId]) : [];
  if (!row || row.state === "denied") return;
  const keys = await keysOf(context, row.id);
  if (!keys) return forgetHub(context, row.id);
  const isLeaving = row.state === "leaving";
  const form = {
    "hub.mode": isLeaving ? "unsubscribe" : "subscribe",
    "hub.topic": row.topic,
    "hub.callback": new URL(`/sources/hub/${keys.key}`, context.site.url).href,
    ...(!isLeaving && { "hub.secret": keys.secret, "hub.lease_seconds": String(leaseWish) }),
  };
  if (await isTaken(context, row.hub, new URLSearchParams(form))) return;
  const pause = pauses[row.attempts];
  if (pause !== undefined) {
    await context.tables.run("UPDATE p_sources_hubs SET attempts = attempts + 1 WHERE id = ?", [row.id]);
    return context.enqueue("subscribe", { hubId }, { key: `subscribe ${hubId}`, in: { minutes: pause } });
  }
  if (isLeaving) return forgetHub(context, row.id);
  await denied(context, row);
}

async function isTaken(context: Own, hub: string, body: URLSearchParams): Promise<boolean> {
  try {
    const answer = await context.fetch(hub, { method: "POST", body, timeout: 20_000, maxBytes: 100_000 });
    return answer.ok;
  } catch {
    return false;
  }
}

/** The hub will not, or cannot: the feed is polled as any other, and the hub is asked again after a week. */
export async function denied({ tables, clock }: Own, row: HubRow): Promise<void> {
  const turn = new Date(clock.now().getTime() + restDays * day).toISOString();
  await tables.run("UPDATE p_sources_hubs SET state = 'denied', lease_ends = NULL, turn_at = ? WHERE id = ?", [turn, row.id]);
  await tables.run("UPDATE p_sources_feeds SET lease_ends = NULL WHERE id = ?", [row.feed_id]);
}
