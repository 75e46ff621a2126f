import { parseFeed, type Json, isUlid } from "rookery/plugin";
import { feedById, siteHashOf } from "./feeds.ts";
import { fetchFeed, type Answer } from "./fetch-feed.ts";
import { hashOf } from "./ids.ts";
import { lookForMissing } from "./missing.ts";
import type { FeedRow, Own } from "./rows.ts";
import { nextAfterFailure, nextAfterSuccess } from "./schedule.ts";
import { takeItems } from "./take-items.ts";
import { tellOwners } from "./tell-owners.ts";
import { leaveHub, seeHub } from "./websub/subscribe.ts";

const [day, week] = [86_400_000, 7 * 86_400_000];
/** Days of failures after which a feed is said to be failing, and after which it is not asked any more. */
export const failing = { told: 14, paused: 60 } as const;
const stableMoves = 3;

/** Asks one feed now. */
export async function pollFeed(context: Own, data: Json): Promise<void> {
  const { feedId } = data as { feedId: string };
  const row = isUlid(feedId) ? await feedById(context, feedId) : null;
  if (row?.state === "active") await pollOne(context, row);
}

/** Asks a feed, takes in what came, and says when it is asked again. */
export async function pollOne(context: Own, row: FeedRow): Promise<void> {
  const answer = await fetchFeed(context, isFirstOfWeek(context, row) ? { ...row, etag: "", last_modified: "" } : row);
  if (answer.kind === "gone") return gone(context, row);
  if (answer.kind === "failed") return failed(context, row, answer.problem, answer.waitMinutes);
  if (answer.kind === "same")
    return succeeded(context, row, answer, {
      next_at: nextAfterSame(context, row, answer.waitMinutes),
      ...(answer.etag !== undefined && { etag: answer.etag, last_modified: answer.lastModified ?? "" }),
    });
  const feed = await parseFeed(answer.bytes, answer);
  if (!feed) return failed(context, row, "nofeed", 0);
  const fresh = await takeItems(context, row, feed);
  if (row.is_begun === 1) await lookForMissing(context, row, feed);
  const seen = await seeHub(context, row, feed, answer.links);
  const now = context.clock.now();
  const wish = { waitMinutes: answer.waitMinutes, chance: Math.random(), isPromised: isPromised(row, now) };
  await succeeded(context, row, answer, {
    next_at: nextAfterSuccess(now, feed, wish),
    etag: answer.etag,
    last_modified: answer.lastModified,
    body_hash: answer.bodyHash,
    title: (feed.title || row.title).slice(0, 200),
    site: feed.url || row.site,
    site_hash: siteHashOf(feed.url || row.site),
    is_begun: 1,
    ...(fresh > 0 && { fresh_at: now.toISOString() }),
    ...seen,
  });
}

// Some servers say "unchanged" of whatever changed: once in a week they are asked as if for the first time.
const isFirstOfWeek = ({ clock }: Own, { checked_at: before }: FeedRow): boolean =>
  before !== null && Math.floor(Date.parse(before) / week) !== Math.floor(clock.now().getTime() / week);

const isPromised = (row: FeedRow, now: Date): boolean => row.lease_ends !== null && row.lease_ends > now.toISOString();

// Nothing new: as long again as the last pause was, and a little longer each time.
function nextAfterSame({ clock }: Own, row: FeedRow, waitMinutes: number): string {
  // After failures the pause says nothing of the feed.
  const before = row.checked_at && row.failures === 0 ? Date.parse(row.next_at) - Date.parse(row.checked_at) : 0;
  const minutes = Math.max(waitMinutes, (before / 60_000) * 1.1, 30);
  const now = clock.now();
  return nextAfterSuccess(now, null, {
    waitMinutes: Math.min(minutes, 1_440),
    chance: Math.random(),
    isPromised: isPromised(row, now),
  });
}

type Values = Readonly<Record<string, string | number | null>>;

async function succeeded(context: Own, row: FeedRow, answer: Answer & { kind: "same" | "new" }, more: Values): Promise<void> {
  const { tables, clock } = context;
  const times = answer.permanent === "" ? 0 : answer.permanent === row.moved_to ? row.moved_times + 1 : 1;
  const moved = { moved_to: answer.permanent, moved_times: times };
  const well = {
    problem: "",
    failures: 0,
    failing_since: null,
    told: "",
    checked_at: clock.now().toISOString(),
  };
  await set(context, row, { ...well, ...moved, ...more });
  if (times < stableMoves) return;
  // Somebody else may have it under that address already; then both stay.
  const taken = await tables.query("SELECT id FROM p_sources_feeds WHERE url_hash = ?", [hashOf(answer.permanent)]);
  if (taken.length === 0)
    await set(context, row, { url: answer.permanent, url_hash: hashOf(answer.permanent), moved_to: "", moved_times: 0 });
}

async function failed(context: Own, row: FeedRow, problem: string, waitMinutes: number): Promise<void> {
  const now = context.clock.now();
  const since = row.failing_since ?? now.toISOString();
  const days = (now.getTime() - Date.parse(since)) / day;
  const isPaused = days >= failing.paused;
  const word = isPaused ? "paused" : days >= failing.told ? "failing" : "";
  if (word !== "" && word !== row.told) await tellOwners(context, row, word);
  if (isPaused) await leaveHub(context, row.id);
  await set(context, row, {
    problem,
    failures: row.failures + 1,
    failing_since: since,
    told: word,
    checked_at: now.toISOString(),
    next_at: nextAfterFailure(now, row.failures + 1, waitMinutes),
    state: isPaused ? "paused" : "active",
  });
}

async function gone(context: Own, row: FeedRow): Promise<void> {
  await tellOwners(context, row, "gone");
  await leaveHub(context, row.id);
  await set(context, row, { state: "gone", problem: "gone", checked_at: context.clock.now().toISOString() });
}

async function set({ tables }: Own, row: FeedRow, values: Values): Promise<void> {
  await tables.run(
    `UPDATE p_sources_feeds SET ${Object.keys(values)
      .map((name) => `${name} = ?`)
      .join(", ")} WHERE id = ?`,
    [...Object.values(values), row.id],
  );
}
