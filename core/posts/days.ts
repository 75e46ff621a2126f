import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Bindable } from "../storage/storage.ts";

/**
 * The days (`2026-11-24`) of a month (`2026-11`) on which the scope's blog lists posts, by its zone. One question that looks
 * into the index once for each day, so that a month of a hundred thousand posts costs no more than one of ten.
 */
export async function daysWithPosts(scope: Scope, month: string): Promise<ReadonlySet<string>> {
  const { id, timeZone } = blogOf(scope);
  const first = Temporal.PlainDate.from(`${month}-01`);
  const days = Array.from({ length: first.daysInMonth }, (_, at) => first.add({ days: at }));
  const beginning = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds).toISOString();
  const values: Bindable[] = days.flatMap((day) => [id, beginning(day), beginning(day.add({ days: 1 }))]);
  const has =
    "EXISTS (SELECT 1 FROM posts p WHERE p.blog_id = ? AND p.is_listed = 1 AND p.published_at >= ? AND p.published_at < ?)";
  const columns = days.map((_, at) => `CASE WHEN ${has} THEN 1 ELSE 0 END AS day_${at}`);
  const [row] = await scope.storage.query(`SELECT ${columns.join(", ")}`, values);
  return new Set(days.flatMap((day, at) => (Number(row?.[`day_${at}`]) === 1 ? [day.toString()] : [])));
}
