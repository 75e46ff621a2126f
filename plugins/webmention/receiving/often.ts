import { PublicError } from "rookery/plugin";
import type { Own } from "../settings.ts";

/** So many at once, filled again evenly over the seconds. */
type Often = { readonly times: number; readonly seconds: number };

const most = 10_000;
const buckets = new Map<string, { left: number; at: number }>();

/**
 * Counts one use of a key on the blog; PublicError 429 with the seconds to wait when there were too many. Kept in this process: a
 * burst must not cost a write for each counter.
 */
export function countUse(context: Own, key: string, { times, seconds }: Often): void {
  const name = `${context.blog.id} ${key}`;
  const now = context.clock.now().getTime() / 1000;
  const { left, at } = buckets.get(name) ?? { left: times, at: now };
  const filled = Math.min(times, left + (Math.max(0, now - at) * times) / seconds);
  buckets.delete(name);
  if (buckets.size >= most) buckets.delete(buckets.keys().next().value!);
  buckets.set(name, { left: filled < 1 ? filled : filled - 1, at: now });
  if (filled >= 1) return;
  const wait = Math.ceil(((1 - filled) * seconds) / times);
  throw new PublicError("webmention.too-many", context.t("refuse.too-many", { seconds: wait }), 429, { wait });
}
