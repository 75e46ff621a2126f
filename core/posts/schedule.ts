import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog, Post } from "../hooks/values.ts";
import type { Bindable } from "../storage/storage.ts";
import { postsByIds } from "./read.ts";

/** Scheduled posts in the order of their times, those that missed theirs first; `after` is the time and id of the last one seen. */
export async function scheduledPosts(
  scope: Scope,
  page: { from?: string; until?: string; after?: { at: string; id: string }; authorId?: string; limit?: number } = {},
): Promise<readonly Post[]> {
  const where = ["blog_id = ?", "status = 'scheduled'"];
  const values: Bindable[] = [blogOf(scope).id];
  const add = (condition: string, ...more: Bindable[]) => {
    where.push(condition);
    values.push(...more);
  };
  if (page.from !== undefined) add("published_at >= ?", page.from);
  if (page.until !== undefined) add("published_at < ?", page.until);
  if (page.after) add("published_at >= ? AND (published_at > ? OR id > ?)", page.after.at, page.after.at, page.after.id);
  if (page.authorId !== undefined) add("author_id = ?", page.authorId);
  const limit = Math.min(page.limit ?? 30, 100);
  const sql = `SELECT id FROM posts WHERE ${where.join(" AND ")} ORDER BY published_at, id LIMIT ${limit}`;
  const ids = (await scope.storage.query(sql, values)).map((row) => String(row.id));
  const posts = new Map((await postsByIds(scope, ids)).map((post) => [post.id, post]));
  return ids.flatMap((id) => posts.get(id) ?? []);
}

/** The times of day at which a blog likes to publish, `09:00`, in order: its setting `scheduleSlots`. */
export function slotsOf(blog: Pick<Blog, "settings">): readonly string[] {
  const { scheduleSlots: kept } = blog.settings;
  const list = typeof kept === "string" ? kept.split(/[\s,]+/) : Array.isArray(kept) ? kept : [];
  const times = list.filter((one): one is string => typeof one === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(one));
  return [...new Set(times)].toSorted();
}

/** The next of the blog's times at which nothing is scheduled yet; null when it has none. */
export async function nextSlot(scope: Scope): Promise<string | null> {
  const blog = blogOf(scope);
  const slots = slotsOf(blog);
  if (slots.length === 0) return null;
  const now = scope.clock.now();
  const until = stamp(new Date(now.getTime() + 60 * 86_400_000));
  const taken = new Set((await scheduledPosts(scope, { from: stamp(now), until, limit: 100 })).map((post) => post.publishedAt));
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(blog.timeZone).toPlainDate();
  for (let day = 0; day < 60; day++)
    for (const slot of slots) {
      const moment = stamp(new Date(zoned(today.add({ days: day }), slot, blog.timeZone)));
      if (moment > stamp(now) && !taken.has(moment)) return moment;
    }
  return null;
}

// A time that summer time skips is the one after.
function zoned(day: Temporal.PlainDate, time: string, timeZone: string): number {
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}
