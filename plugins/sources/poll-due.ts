import { pollOne } from "./poll.ts";
import type { FeedRow, Own } from "./rows.ts";

/** Feeds asked at once; looked up at once; waiting for their host at most; minutes a run goes on, and for which what it took is its own. */
const [atOnce, batch, mostWaiting, runMinutes, claimMinutes] = [12, 200, 2_000, 8, 15] as const;
const minute = 60_000;

/**
 * Asks all feeds whose time has come: some at once, of one host one after the other, however slow one of them is. Only a batch is in
 * memory. What is left when its time is over, or it is stopped, has its turn in the next run.
 */
export async function pollDue(context: Own): Promise<void> {
  const until = context.clock.now().getTime() + runMinutes * minute;
  const hosts = new Map<string, FeedRow[]>();
  const busy = new Map<string, Promise<void>>();
  let waiting = 0;
  let isEnd = false;
  let looking: Promise<void> | null = null;
  const look = async () => {
    const found = isEnd ? [] : await claim(context);
    isEnd ||= found.length < batch || context.signal.aborted || context.clock.now().getTime() > until;
    for (const feed of found) {
      const { host } = new URL(feed.url);
      hosts.set(host, [...(hosts.get(host) ?? []), feed]);
      waiting++;
    }
  };
  const next = (): FeedRow | undefined => {
    for (const [host, feeds] of hosts) {
      if (busy.has(host)) continue;
      const feed = feeds.shift();
      // What was asked goes to the end: a host with many feeds must not keep the others waiting.
      hosts.delete(host);
      if (feeds.length > 0) hosts.set(host, feeds);
      if (feed) waiting--;
      if (feed) return feed;
    }
    return undefined;
  };
  const lane = async () => {
    while (!context.signal.aborted) {
      let feed = next();
      if (!feed && waiting >= mostWaiting) {
        // All of them are of hosts that are being asked.
        await Promise.race(busy.values());
        continue;
      }
      if (!feed && !isEnd) {
        await (looking ??= look().finally(() => (looking = null)));
        feed = next();
      }
      if (!feed) {
        if (isEnd) return;
        continue;
      }
      const { host } = new URL(feed.url);
      const asking = pollOne(context, feed).catch((error: unknown) =>
        context.log.warn("a feed could not be polled", { error: String(error), feed: feed!.url }),
      );
      busy.set(host, asking);
      await asking;
      busy.delete(host);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

// Broken off, they come round again when the claim is over.
async function claim({ tables, clock }: Own): Promise<readonly FeedRow[]> {
  const now = clock.now();
  const due = await tables.query<FeedRow>(
    `SELECT * FROM p_sources_feeds WHERE state = 'active' AND next_at <= ? ORDER BY next_at LIMIT ${batch}`,
    [now.toISOString()],
  );
  if (due.length > 0)
    await tables.run(`UPDATE p_sources_feeds SET next_at = ? WHERE id IN (${due.map(() => "?").join(", ")})`, [
      new Date(now.getTime() + claimMinutes * minute).toISOString(),
      ...due.map(({ id }) => id),
    ]);
  return due;
}
