import { parseFeed, type Json, isUlid } from "rookery/plugin";
import { feedById } from "./feeds.ts";
import { fetchFeed, type Answer } from "./fetch-feed.ts";
import { hashOf } from "./ids.ts";
import { lookForMissing } from "./missing.ts";
import type { FeedRow, Own } from "./rows.ts";
import { nextAfterFailure, nextAfterSuccess } from "./schedule.ts";
import { takeItems } from "./take-items.ts";

const [atOnce, atMost, day] = [8, 2_000, 86_400_000];
/** Days of failures after which a feed is said to be failing, and after which it is not asked any more. */
export const failing = { told: 14, paused: 60 } as const;
const stableMoves = 3;

/** Asks all feeds whose time has come: some at once, of one host one after the other. */
export async function pollDue(context: Own): Promise<void> {
  const due = await context.tables.query<FeedRow>(
    `SELECT * FROM p_sources_feeds WHERE state = 'active' AND next_at <= ? ORDER BY next_at LIMIT ${atMost}`,
    [context.clock.now().toISOString()],
  );
  const hosts = [...Map.groupBy(due, ({ url }) => new URL(url).host).values()];
  const work = async () => {
    for (let feeds = hosts.shift(); feeds; feeds = hosts.shift())
      for (const feed of feeds) {
        if (context.signal.aborted) return;
        await pollOne(context, feed).catch((error: unknown) =>
          context.log.warn("a feed could not be polled", { error: String(error), feed: feed.url }),
        );
      }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Asks one feed now. */
export async function pollFeed(context: Own, data: Json): Promise<void> {
  const { feedId } = data as { feedId: string };
  const row = isUlid(feedId) ? await feedById(context, feedId) : null;
  if (row?.state === "active") await pollOne(context, row);
}

async function pollOne(context: Own, row: FeedRow): Promise<void> {
  const answer = await fetchFeed(context, row);
  if (answer.kind === "gone") {
    await context.tables.run("UPDATE p_sources_feeds SET state = 'gone', problem = 'gone', checked_at = ? WHERE id = ?", [
      context.clock.now().toISOString(),
      row.id,
    ]);
    return;
  }
  if (answer.kind === "failed") return failed(context, row, answer.problem, answer.waitMinutes);
  if (answer.kind === "same") return succeeded(context, row, answer, nextAfterSame(context, row, answer.waitMinutes));
  const feed = await parseFeed(answer.bytes, answer);
  if (!feed) return failed(context, row, "nofeed", 0);
  const fresh = await takeItems(context, row, feed);
  await lookForMissing(context, row, feed);
  const now = context.clock.now();
  await context.tables.run(
    `UPDATE p_sources_feeds SET etag = ?, last_modified = ?, body_hash = ?, title = ?, site = ?, is_begun = 1, fresh_at = ? WHERE id = ?`,
    [
      answer.etag,
      answer.lastModified,
      answer.bodyHash,
      (feed.title || row.title).slice(0, 200),
      feed.url || row.site,
      fresh > 0 ? now.toISOString() : row.fresh_at,
      row.id,
    ],
  );
  await succeeded(context, row, answer, nextAfterSuccess(now, feed, answer.waitMinutes, Math.random()));
}

// Nothing new: as long again as the last pause was, and a little longer each time.
function nextAfterSame({ clock }: Own, row: FeedRow, waitMinutes: number): string {
  const before = row.checked_at ? Date.parse(row.next_at) - Date.parse(row.checked_at) : 0;
  const minutes = Math.max(waitMinutes, (before / 60_000) * 1.1, 30);
  return nextAfterSuccess(clock.now(), null, Math.min(minutes, 1_440), Math.random());
}

async function succeeded(context: Own, row: FeedRow, answer: Answer & { kind: "same" | "new" }, nextAt: string): Promise<void> {
  const { tables, clock } = context;
  const times = answer.permanent === "" ? 0 : answer.permanent === row.moved_to ? row.moved_times + 1 : 1;
  await tables.run(
    `UPDATE p_sources_feeds SET problem = '', failures = 0, failing_since = NULL, checked_at = ?, next_at = ?, moved_to = ?, moved_times = ? WHERE id = ?`,
    [clock.now().toISOString(), nextAt, answer.permanent, times, row.id],
  );
  if (times < stableMoves) return;
  // Somebody else may have it under that address already; then both stay.
  const taken = await tables.query("SELECT id FROM p_sources_feeds WHERE url_hash = ?", [hashOf(answer.permanent)]);
  if (taken.length === 0)
    await tables.run("UPDATE p_sources_feeds SET url = ?, url_hash = ?, moved_to = '', moved_times = 0 WHERE id = ?", [
      answer.permanent,
      hashOf(answer.permanent),
      row.id,
    ]);
}

async function failed(context: Own, row: FeedRow, problem: string, waitMinutes: number): Promise<void> {
  const now = context.clock.now();
  const since = row.failing_since ?? now.toISOString();
  const state = now.getTime() - Date.parse(since) >= failing.paused * day ? "paused" : "active";
  await context.tables.run(
    "UPDATE p_sources_feeds SET problem = ?, failures = failures + 1, failing_since = ?, checked_at = ?, next_at = ?, state = ? WHERE id = ?",
    [problem, since, now.toISOString(), nextAfterFailure(now, row.failures + 1, waitMinutes), state, row.id],
  );
}
