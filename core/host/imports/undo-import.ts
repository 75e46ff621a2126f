import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { removeMedia } from "../../media/library.ts";
import type { MediaStore } from "../../media/store.ts";
import { erasePost } from "../../posts/remove.ts";
import { remove } from "../../storage/rows.ts";
import { importById } from "./import-rows.ts";

/** What an undo took away. */
export type Undone = { readonly posts: number; readonly categories: number; readonly media: number };

type Made = { readonly subject: string; readonly id: string; readonly hash: string };
const pageSize = 100;

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
    for (const item of made) await takeBack(scope, item, media, done);
    await forget(scope, made);
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

async function takeBack(scope: Scope, item: Made, media: MediaStore | null, done: { -readonly [K in keyof Undone]: number }) {
  const blogId = blogOf(scope).id;
  if (item.subject === "post") done.posts += Number(await erasePost(scope, item.id));
  else if (item.subject === "media") done.media += Number(media !== null && (await removeMedia(scope, media, item.id)));
  else if (item.subject === "redirect")
    await scope.storage.write((db) => remove(db, "redirects", { blog_id: blogId, path_hash: item.hash }));
  else if (item.subject === "category") done.categories += await removeUnused(scope, item.id);
}

async function removeUnused(scope: Scope, categoryId: string): Promise<number> {
  return scope.storage.write(async (db) => {
    const used = await db.query("SELECT post_id FROM post_categories WHERE category_id = ? LIMIT 1", [categoryId]);
    return used.length > 0 ? 0 : remove(db, "categories", { id: categoryId, blog_id: blogOf(scope).id });
  });
}

async function forget(scope: Scope, made: readonly Made[]): Promise<void> {
  const blogId = blogOf(scope).id;
  await scope.storage.write(async (db) => {
    for (const { hash } of made) await remove(db, "import_items", { blog_id: blogId, source_hash: hash });
  });
}
