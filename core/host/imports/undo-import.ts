import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { removeMedia } from "../../media/library.ts";
import type { MediaStore } from "../../media/store.ts";
import { erasePosts } from "../../posts/erase-many.ts";
import { marks, remove } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { importById } from "./import-rows.ts";

/** What an undo took away. */
export type Undone = { readonly posts: number; readonly categories: number; readonly media: number };

type Made = { readonly subject: string; readonly id: string; readonly hash: string };
const pageSize = 200;

/**
 * Takes back all that an import brought: its posts with their comments, old addresses, fetched files, and the categories it
 * made that nothing else uses. Started again after a crash it goes on. Throws PublicError 409 while the import still runs.
 */
export async function undoImport(scope: Scope, id: string, media: MediaStore | null, onProgress?: (posts: number) => void) {
  const one = await importById(scope, id);
  if (!one) throw new PublicError("import.none", "There is no such import.", 404);
  if (one.state === "running" || one.state === "waiting")
    throw new PublicError("import.running", "This import is not finished. Cancel it first, then undo it.", 409);
  await setState(scope, id, "undoing");

  const done = { posts: 0, categories: 0, media: 0 };
  // Each round takes away what it found, so the next one finds the rest.
  for (let made = await madeBy(scope, id); made.length > 0; made = await madeBy(scope, id)) {
    await takeBack(scope, made, media, done);
    onProgress?.(done.posts);
  }
  await setState(scope, id, "undone");
  return done satisfies Undone;
}

async function setState(scope: Scope, id: string, state: "undoing" | "undone"): Promise<void> {
  const blogId = blogOf(scope).id;
  await scope.storage.write(async (db) => {
    await db.run("UPDATE imports SET state = ? WHERE id = ? AND blog_id = ?", [state, id, blogId]);
    await scope.touch(db, blogId);
  });
}

// Categories last: they are empty once the posts are gone.
async function madeBy(scope: Scope, importId: string): Promise<Made[]> {
  for (const condition of ["subject <> 'category'", "subject = 'category'"]) {
    const sql = `SELECT subject, subject_id, source_hash FROM import_items WHERE import_id = ? AND ${condition} ORDER BY subject_id LIMIT ${pageSize}`;
    const rows = await scope.storage.query(sql, [importId]);
    if (rows.length > 0)
      return rows.map((row) => ({
        subject: String(row.subject),
        id: String(row.subject_id),
        hash: String(row.source_hash),
      }));
  }
  return [];
}

type Tally = { -readonly [K in keyof Undone]: number };

async function takeBack(scope: Scope, made: readonly Made[], media: MediaStore | null, done: Tally): Promise<void> {
  const of = (subject: string) => made.filter((item) => item.subject === subject);
  for (const { id } of of("media")) done.media += Number(media !== null && (await removeMedia(scope, media, id)));
  for (const { id } of of("category")) done.categories += await removeUnused(scope, id);
  const posts = of("post").map(({ id }) => id);
  // One transaction a page: after a crash the next round finds exactly what is still there.
  done.posts += await erasePosts(scope, posts, async (db) => {
    await removeRows(
      db,
      "interactions WHERE blog_id = ? AND id",
      blogOf(scope).id,
      of("comment").map(({ id }) => id),
    );
    await removeRows(
      db,
      "redirects WHERE blog_id = ? AND path_hash",
      blogOf(scope).id,
      of("redirect").map(({ hash }) => hash),
    );
    await removeRows(
      db,
      "import_items WHERE blog_id = ? AND source_hash",
      blogOf(scope).id,
      made.map(({ hash }) => hash),
    );
  });
}

async function removeRows(db: Transaction, which: string, blogId: string, values: readonly string[]): Promise<void> {
  if (values.length > 0) await db.run(`DELETE FROM ${which} IN (${marks(values.length)})`, [blogId, ...values]);
}

async function removeUnused(scope: Scope, categoryId: string): Promise<number> {
  return scope.storage.write(async (db) => {
    const used = await db.query("SELECT post_id FROM post_categories WHERE category_id = ? LIMIT 1", [categoryId]);
    return used.length > 0 ? 0 : remove(db, "categories", { id: categoryId, blog_id: blogOf(scope).id });
  });
}
