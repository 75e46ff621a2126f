import { ulid, type Feed } from "rookery/plugin";
import { hashOf } from "./ids.ts";
import { normalisedLink } from "./links.ts";
import { askReading, type Followable } from "./reading.ts";
import type { FeedRow, Own } from "./rows.ts";
import { leaveHub } from "./websub/subscribe.ts";

/** A feed by its address; null when nobody wants it. */
export async function feedByUrl({ tables }: Own, url: string): Promise<FeedRow | null> {
  return (await tables.query<FeedRow>("SELECT * FROM p_sources_feeds WHERE url_hash = ?", [hashOf(url)]))[0] ?? null;
}

/** A feed by its id. */
export async function feedById({ tables }: Own, id: string): Promise<FeedRow | null> {
  return (await tables.query<FeedRow>("SELECT * FROM p_sources_feeds WHERE id = ?", [id]))[0] ?? null;
}

/** Finds a site however it is spelled: with http or https, `www.` and a slash at the end or not. Null for none. */
export const siteHashOf = (site: string): string | null => (site === "" ? null : hashOf(normalisedLink(site)));

/** Feeds that a site means by an address, its own or its feed's, however it is spelled; 20 at most. */
export async function feedsMeantBy({ tables }: Own, address: string): Promise<readonly FeedRow[]> {
  const bare = address.replace(/^https?:\/\/(?:www\.)?/i, "").replace(/\/+$/, "");
  const spelled = ["https://", "https://www.", "http://", "http://www."].flatMap((start) => [
    `${start}${bare}`,
    `${start}${bare}/`,
  ]);
  return tables.query<FeedRow>(
    `SELECT * FROM p_sources_feeds WHERE url_hash IN (${spelled.map(() => "?").join(", ")}) OR site_hash = ? LIMIT 20`,
    [...spelled.map(hashOf), siteHashOf(address)],
  );
}

/** Keeps a feed that somebody wants; it is asked at once, and again when it was given up. */
export async function keepFeed(context: Own, url: string, title: string, site: string): Promise<FeedRow> {
  const { tables, clock } = context;
  const now = clock.now().toISOString();
  const known = await feedByUrl(context, url);
  if (!known) {
    const id = ulid(clock.now().getTime());
    const isMine = await tables
      .run(
        `INSERT INTO p_sources_feeds (id, blog_id, url_hash, url, title, site, site_hash, etag, last_modified, body_hash, moved_to, moved_times, state,
       problem, failures, failing_since, checked_at, fresh_at, next_at, is_begun, told, hub_hash, is_followed, timeline_id, created_at)
       VALUES (?, '', ?, ?, ?, ?, ?, '', '', '', '', 0, 'active', '', 0, NULL, NULL, NULL, ?, 0, '', '', 0, '', ?)`,
        [id, hashOf(url), url, title.slice(0, 200), site, siteHashOf(site), now, now],
      )
      .then(
        () => true,
        async (error: unknown) => {
          // Two at once: the other one was first.
          if (!(await feedByUrl(context, url))) throw error;
          return false;
        },
      );
    if (!isMine) return (await feedByUrl(context, url))!;
    await context.enqueue("poll", { feedId: id }, { key: `poll ${id}` });
    return (await feedById(context, id))!;
  }
  if (known.state !== "active") await beginAgain(context, known.id);
  return known;
}

/** Reads a feed again that was given up, as a whole. */
export async function beginAgain(context: Own, id: string): Promise<void> {
  await context.tables.run(
    `UPDATE p_sources_feeds SET state = 'active', failures = 0, failing_since = NULL, told = '', problem = '', etag = '', last_modified = '', body_hash = '' WHERE id = ?`,
    [id],
  );
  await context.enqueue("poll", { feedId: id }, { key: `poll ${id}` });
}

/** Lets go of a feed nobody wants any more. */
export async function dropUnwanted(context: Own, feedId: string): Promise<void> {
  const { tables } = context;
  const wanted = await tables.query(
    `SELECT id FROM p_sources_feeds WHERE id = ? AND (is_followed = 1 OR EXISTS (SELECT 1 FROM p_sources_owners o WHERE o.feed_id = p_sources_feeds.id))`,
    [feedId],
  );
  if (wanted.length > 0) return;
  await leaveHub(context, feedId);
  await tables.run("DELETE FROM p_sources_pushes WHERE feed_id = ?", [feedId]);
  await tables.run("DELETE FROM p_sources_items WHERE feed_id = ?", [feedId]);
  await tables.run("DELETE FROM p_sources_feeds WHERE id = ?", [feedId]);
}

/** A feed as something to follow. */
export function followable(url: string, feed: Pick<Feed, "title" | "url" | "icon" | "language"> | null, title = ""): Followable {
  const site = feed?.url || url;
  const { host } = new URL(site);
  return {
    kind: "feed",
    title: (feed?.title || title || host).slice(0, 200),
    url: site,
    avatar: feed?.icon ?? "",
    handle: host.replace(/^www\./, "").slice(0, 200),
    language: /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$/.test(feed?.language ?? "") ? feed!.language.slice(0, 35) : "",
    key: url,
  };
}

/** What the timeline knows a feed by, when there is a timeline; empty without one. */
export async function timelineIdOf(context: Own, row: FeedRow, feed: Feed): Promise<string> {
  const source = await askReading(context, (store) => store.keepSource(context.pluginId, followable(row.url, feed, row.title)));
  if (source && source.id !== row.timeline_id)
    await context.tables.run("UPDATE p_sources_feeds SET timeline_id = ? WHERE id = ?", [source.id, row.id]);
  return source?.id ?? "";
}
