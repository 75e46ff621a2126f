import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Category } from "../hooks/values.ts";
import { ulid } from "../ids.ts";
import { insert, marks } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { slugify } from "./permalink.ts";
import type { Stored } from "./store.ts";

/** For each list of names the categories themselves, made where they are missing; null stays null (unchanged). */
export async function resolveCategories(
  scope: Scope,
  db: Transaction,
  lists: readonly (readonly string[] | null)[],
): Promise<(Category[] | null)[]> {
  const names = new Map<string, string>();
  for (const name of lists.flatMap((list) => list ?? [])) {
    const trimmed = name.trim();
    const slug = slugify(trimmed);
    if (slug !== "" && !names.has(slug)) names.set(slug, trimmed);
  }
  const known = await bySlug(scope, db, [...names.keys()]);
  const missing = [...names]
    .filter(([slug]) => !known.has(slug))
    .map(([slug, name]) => ({ id: ulid(), slug, name, description: "" }));
  const added = await addCategories(scope, db, missing);
  for (const category of missing) known.set(category.slug, category);
  // Another process made one of them in the same moment: its row is the one, and only a locking read sees it.
  if (added < missing.length)
    for (const [slug, category] of await bySlug(
      scope,
      db,
      missing.map((one) => one.slug),
      true,
    ))
      known.set(slug, category);
  return lists.map((list) => list && unique(list.flatMap((name) => known.get(slugify(name.trim())) ?? [])));
}

/** Adds categories that are not there yet; gives how many that were. */
export async function addCategories(scope: Scope, db: Transaction, added: readonly Category[]): Promise<number> {
  const base = { blog_id: blogOf(scope).id, created_at: stamp(scope.clock.now()) };
  const rows = added.map(({ id, slug, name, description }) => ({ ...base, id, slug, name, description }));
  return insert(db, "categories", rows, { ignore: true });
}

/** Writes which posts are in which category, with what a category's list sorts by. */
export async function linkCategories(db: Transaction, stored: readonly Stored[]): Promise<void> {
  // Also of those that had none: a filter may have put them into one at this moment.
  const changed = stored.filter(({ before }) => before !== null).map(({ post }) => post.id);
  if (changed.length > 0) await db.run(`DELETE FROM post_categories WHERE post_id IN (${marks(changed.length)})`, changed);
  const rows = stored.flatMap(({ post }) =>
    post.categories.map((category) => ({
      post_id: post.id,
      category_id: category.id,
      blog_id: post.blogId,
      is_listed: post.isListed,
      published_at: post.publishedAt,
    })),
  );
  await insert(db, "post_categories", rows);
}

async function bySlug(scope: Scope, db: Transaction, slugs: readonly string[], isLocked = false): Promise<Map<string, Category>> {
  if (slugs.length === 0) return new Map();
  const lock = isLocked && db.dialect === "mysql" ? " FOR UPDATE" : "";
  const sql = `SELECT id, name, slug, description FROM categories WHERE blog_id = ? AND slug IN (${marks(slugs.length)})${lock}`;
  const rows = await db.query<Category>(sql, [blogOf(scope).id, ...slugs]);
  return new Map(rows.map((row) => [row.slug, { ...row }]));
}

function unique(list: readonly Category[]): Category[] {
  return [...new Map(list.map((category) => [category.id, category])).values()];
}
