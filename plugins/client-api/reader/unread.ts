import type { Own } from "../settings.ts";
import { entriesOf, feedOf, type Desk } from "./entries.ts";
import { saidOf } from "./said.ts";

/** What is older counts as read, and of one feed no more than so many wait. */
const [days, mostOfFeed] = [30, 1_000];
const day = 86_400_000;

/**
 * The entries somebody has not read, the newest first: those of the last 30 days that they did not say they read, and older ones that
 * they put back.
 */
export async function unreadOf(context: Own, desk: Desk): Promise<readonly number[]> {
  const read = new Set(await saidOf(context, desk.accountId, "read", true));
  const putBack = await saidOf(context, desk.accountId, "read", false);
  const since = new Date(context.clock.now().getTime() - days * day).toISOString();
  const found: number[] = [];
  const counts = new Map<number, number>();
  for await (const item of entriesOf(context, desk)) {
    if (item.at < since) break;
    const feed = await feedOf(context, desk, item);
    const count = (counts.get(feed) ?? 0) + 1;
    counts.set(feed, count);
    if (!read.has(item.number) && count <= mostOfFeed) found.push(item.number);
  }
  const known = new Set(found);
  return [...found, ...putBack.filter((number) => !known.has(number))];
}
