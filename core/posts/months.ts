import type { Blog, Post } from "../hooks/values.ts";
import type { Transaction } from "../storage/storage.ts";
import { monthOf } from "./permalink.ts";
import type { Stored } from "./store.ts";

/** Keeps the number of listed posts of each month as posts come, move and go: archives never count rows. */
export async function countMonths(db: Transaction, blog: Blog, stored: readonly Stored[]): Promise<void> {
  const changes = new Map<string, number>();
  const change = (post: Post, by: number) => {
    if (!post.isListed || !post.publishedAt) return;
    const month = monthOf(new Date(post.publishedAt), blog.timeZone);
    changes.set(month, (changes.get(month) ?? 0) + by);
  };
  for (const { post, before } of stored) {
    if (before) change(before, -1);
    change(post, 1);
  }
  const merge =
    db.dialect === "sqlite"
      ? "ON CONFLICT (blog_id, month) DO UPDATE SET number = number + excluded.number"
      : "ON DUPLICATE KEY UPDATE number = number + VALUES(number)";
  // In one order for everybody, so that two publishers on MariaDB wait for each other instead of deadlocking.
  for (const [month, by] of [...changes].toSorted(([a], [b]) => a.localeCompare(b)))
    if (by !== 0)
      await db.run(`INSERT INTO post_months (blog_id, month, number) VALUES (?, ?, ?) ${merge}`, [blog.id, month, by]);
}
