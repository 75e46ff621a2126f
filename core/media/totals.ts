import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Transaction } from "../storage/storage.ts";

/** What a blog's library holds: kept as files come and go, never by counting. `bytes` includes the sizes of pictures. */
export type MediaTotal = { readonly files: number; readonly bytes: number };

/** Adds to (or takes from) a blog's total, in the transaction of the fact. */
export async function addToTotal(db: Transaction, blogId: string, more: MediaTotal): Promise<void> {
  const conflict = db.dialect === "sqlite" ? "ON CONFLICT (blog_id) DO UPDATE SET" : "ON DUPLICATE KEY UPDATE";
  const sql = `INSERT INTO media_totals (blog_id, files, bytes) VALUES (?, ?, ?) ${conflict} files = files + ?, bytes = bytes + ?`;
  await db.run(sql, [blogId, more.files, more.bytes, more.files, more.bytes]);
}

/** What the library of the scope's blog holds. */
export async function totalOf(scope: Scope): Promise<MediaTotal> {
  const [row] = await scope.storage.query("SELECT files, bytes FROM media_totals WHERE blog_id = ?", [blogOf(scope).id]);
  return { files: Math.max(0, Number(row?.files ?? 0)), bytes: Math.max(0, Number(row?.bytes ?? 0)) };
}
