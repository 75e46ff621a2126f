import { insert, remove } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { monthOf } from "./permalink.ts";

/**
 * Counts a blog's listed posts by months anew, when its time zone is another: what was published near midnight may belong to
 * another month now. Only posts of a month's first and last day can, so all other days are counted whole.
 */
export async function recountMonths(db: Transaction, blogId: string, timeZone: string): Promise<void> {
  const days = await db.query<{ day: string; n: number | string }>(
    "SELECT SUBSTR(published_at, 1, 10) AS day, COUNT(*) AS n FROM posts WHERE blog_id = ? AND is_listed = 1 GROUP BY SUBSTR(published_at, 1, 10)",
    [blogId],
  );
  const counts = new Map<string, number>();
  const count = (month: string, by: number) => counts.set(month, (counts.get(month) ?? 0) + by);
  for (const { day, n } of days) {
    if (!isEdge(day)) count(day.slice(0, 7), Number(n));
    else for (const moment of await momentsOf(db, blogId, day)) count(monthOf(new Date(moment), timeZone), 1);
  }
  await remove(db, "post_months", { blog_id: blogId });
  const rows = [...counts].map(([month, number]) => ({ blog_id: blogId, month, number }));
  await insert(db, "post_months", rows);
}

async function momentsOf(db: Transaction, blogId: string, day: string): Promise<readonly string[]> {
  const sql = "SELECT published_at FROM posts WHERE blog_id = ? AND is_listed = 1 AND published_at >= ? AND published_at <= ?";
  const rows = await db.query<{ published_at: string }>(sql, [blogId, `${day}T00:00:00.000Z`, `${day}T23:59:59.999Z`]);
  return rows.map((row) => row.published_at);
}

function isEdge(day: string): boolean {
  const date = Temporal.PlainDate.from(day);
  return date.day === 1 || date.day === date.daysInMonth;
}
