import type { Feed } from "rookery/plugin";

const [shortest, usual, promised, longest] = [15, 30, 360, 1_440];
const minute = 60_000;

/** How long its server wishes, a number between 0 and 1 that moves it a little, and whether a hub tells us. */
export type Wish = { readonly waitMinutes: number; readonly chance: number; readonly isPromised?: boolean };

/**
 * When a feed that was read is asked again: a quarter of what lies between its items, no sooner than it and its server wish, within a day.
 * Where a hub promised to tell what is new (`isPromised`), within 6 to 24 hours.
 */
export function nextAfterSuccess(now: Date, feed: Feed | null, { waitMinutes, chance, isPromised = false }: Wish): string {
  const dates = (feed?.items ?? [])
    .map(({ publishedAt }) => Date.parse(publishedAt))
    .filter((at) => Number.isFinite(at) && at <= now.getTime())
    .sort((a, b) => b - a)
    .slice(0, 20);
  const gap = dates.length < 2 ? usual * 4 : (dates[0]! - dates.at(-1)!) / (dates.length - 1) / minute;
  // A feed that fell silent is asked less often, however fast it once was.
  const silent = dates.length < 2 ? 0 : (now.getTime() - dates[0]!) / minute / 8;
  const own = Math.min(Math.max(gap / 4, silent, shortest), longest);
  const minutes = Math.min(Math.max(own, feed?.minutes ?? 0, waitMinutes, isPromised ? promised : 0), longest);
  return skipped(now.getTime() + minutes * minute * (0.9 + 0.2 * chance), feed).toISOString();
}

/** When a feed is asked again that failed for the n-th time: 1 h, 2 h, 4 h … a day, or as late as its server wishes. */
export function nextAfterFailure(now: Date, failures: number, waitMinutes: number): string {
  const hours = Math.min(2 ** Math.min(Math.max(failures - 1, 0), 10), 24);
  return new Date(now.getTime() + Math.max(hours * 60, waitMinutes) * minute).toISOString();
}

function skipped(at: number, feed: Feed | null): Date {
  const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
  let moment = new Date(at);
  // A day's hours at most: a feed that skips all of them cannot stall itself.
  for (let hour = 0; hour < 24; hour++) {
    const isSkipped = feed?.skipHours.includes(moment.getUTCHours()) || feed?.skipDays.includes(days[moment.getUTCDay()]!);
    if (!isSkipped) return moment;
    moment = new Date(moment.getTime() + 60 * minute);
  }
  return moment;
}
