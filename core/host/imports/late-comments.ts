import { blogOf, type Scope } from "../../hooks/scope.ts";
import { receiveMany } from "../../interactions/receive.ts";
import { hashOf } from "../../posts/permalink.ts";
import { insert, marks } from "../../storage/rows.ts";
import type { ImportedComment } from "../services.types.ts";
import type { Item } from "./batch.ts";
import { commentsOf } from "./store-batch.ts";

/** Comments that came since the post was imported, with the post they belong to. */
export type LateComments = { readonly item: Item; readonly postId: string; readonly comments: readonly ImportedComment[] };

/**
 * What an earlier import of these posts did not bring: comments whose source is not here yet. Those this import stored before
 * it was interrupted are in it too, so that it counts them.
 */
export async function lateComments(scope: Scope, importId: string, items: readonly Item[]): Promise<LateComments[]> {
  const talked = items.filter(({ comments = [] }) => comments.length > 0);
  const posts = await postsOf(scope, talked);
  const here = await sourcesHere(
    scope,
    importId,
    talked.flatMap(({ comments = [] }) => comments.map(({ sourceId }) => sourceHash(sourceId))),
  );
  return talked.flatMap((item) => {
    const postId = posts.get(item.hash);
    const comments = (item.comments ?? []).filter(({ sourceId }) => !here.has(sourceHash(sourceId)));
    return postId === undefined || comments.length === 0 ? [] : [{ item, postId, comments }];
  });
}

/** Stores late comments and remembers them for the undo, in one transaction. */
export async function storeLate(scope: Scope, importId: string, late: readonly LateComments[]): Promise<void> {
  if (late.length === 0) return;
  await scope.storage.write(async (db) => {
    const incoming = late.flatMap(({ item, postId, comments }) => commentsOf({ ...item, comments }, postId));
    const stored = await receiveMany(scope, db, incoming);
    const base = { blog_id: blogOf(scope).id, import_id: importId, subject: "comment" };
    const rows = stored.map(({ id, sourceUrl }) => ({ ...base, source_hash: itemHash(sourceUrl), subject_id: id }));
    await insert(db, "import_items", rows, { ignore: true });
    await scope.touch(db, base.blog_id);
  });
}

async function postsOf(scope: Scope, items: readonly Item[]): Promise<Map<string, string>> {
  if (items.length === 0) return new Map();
  const sql = `SELECT source_hash, subject_id FROM import_items WHERE blog_id = ? AND subject = 'post' AND source_hash IN (${marks(items.length)})`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id, ...items.map(({ hash }) => hash)]);
  return new Map(rows.map((row) => [String(row.source_hash), String(row.subject_id)]));
}

async function sourcesHere(scope: Scope, importId: string, hashes: readonly string[]): Promise<Set<string>> {
  const here = new Set<string>();
  for (let at = 0; at < hashes.length; at += 500) {
    const some = hashes.slice(at, at + 500);
    const sql =
      `SELECT i.source_hash FROM interactions i WHERE i.blog_id = ? AND i.source_hash IN (${marks(some.length)}) ` +
      "AND NOT EXISTS (SELECT 1 FROM import_items m WHERE m.subject_id = i.id AND m.import_id = ?)";
    for (const row of await scope.storage.query(sql, [blogOf(scope).id, ...some, importId])) here.add(String(row.source_hash));
  }
  return here;
}

// As interactions are kept: by the first 2,048 characters of where they stood.
const sourceHash = (source: string): string => hashOf(source.slice(0, 2048));
const itemHash = (source: string): string => hashOf(`comment ${source}`);
