import { blogOf, type Scope } from "../../hooks/scope.ts";
import { hashOf } from "../../posts/permalink.ts";
import { insert, marks } from "../../storage/rows.ts";

/**
 * Notes posts that an earlier import brought and this one meets again, by the hashes of their sources: their files are fetched
 * with this one's. The undo of this import leaves them where they are.
 */
export async function noteEarlierPosts(scope: Scope, importId: string, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  const blogId = blogOf(scope).id;
  const sql = `SELECT subject_id FROM import_items WHERE blog_id = ? AND subject = 'post' AND source_hash IN (${marks(hashes.length)})`;
  const ids = (await scope.storage.query(sql, [blogId, ...hashes])).map((row) => String(row.subject_id));
  const base = { blog_id: blogId, import_id: importId, subject: "seen" };
  const rows = ids.map((id) => ({ ...base, source_hash: hashOf(`seen ${importId} ${id}`), subject_id: id }));
  if (rows.length > 0) await scope.storage.write((db) => insert(db, "import_items", rows, { ignore: true }));
}

/** Which of these posts another import brought, and which one. */
export async function earlierImports(
  scope: Scope,
  importId: string,
  postIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (postIds.length === 0) return new Map();
  const sql = `SELECT subject_id, import_id FROM import_items WHERE subject = 'post' AND import_id <> ? AND subject_id IN (${marks(postIds.length)})`;
  const rows = await scope.storage.query(sql, [importId, ...postIds]);
  return new Map(rows.map((row) => [String(row.subject_id), String(row.import_id)]));
}
