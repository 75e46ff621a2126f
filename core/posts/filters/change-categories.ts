import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Category } from "../../hooks/values.ts";
import { stamp } from "../../clock.ts";
import { ulid } from "../../ids.ts";
import { insert, marks, remove, update, upsert } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { hashOf, slugify } from "../permalink.ts";

/** What a category says about itself. */
export type CategoryText = { readonly name: string; readonly description: string };

const mostCategories = 1000;

/** Makes a category. PublicError 422 for a name that cannot be, 409 for one whose address is taken. */
export async function addCategory(scope: Scope, db: Transaction, text: CategoryText): Promise<Category> {
  const blogId = blogOf(scope).id;
  const { name, slug, description } = checked(text);
  const rows = await db.query("SELECT id FROM categories WHERE blog_id = ? LIMIT 1001", [blogId]);
  if (rows.length >= mostCategories)
    throw new PublicError("category.too-many", `A blog takes ${mostCategories} categories at most.`, 422, { n: mostCategories });
  const category = { id: ulid(scope.clock.now().getTime()), slug, name, description };
  const row = { ...category, blog_id: blogId, created_at: stamp(scope.clock.now()) };
  if ((await insert(db, "categories", [row], { ignore: true })) === 0) throw taken(name);
  // An old address that led elsewhere would never be seen again: the category stands there now.
  await remove(db, "redirects", { blog_id: blogId, path_hash: hashOf(addressOf(slug)) });
  await scope.touch(db, blogId);
  return category;
}

/** Gives a category another name and description; its old address leads to the new one. PublicError 409 when that one is taken. */
export async function changeCategory(scope: Scope, db: Transaction, id: string, text: CategoryText): Promise<Category> {
  const before = await categoryById(scope, db, id);
  const { name, slug, description } = checked(text);
  if (slug !== before.slug) {
    const others = await db.query("SELECT id FROM categories WHERE blog_id = ? AND slug = ?", [blogOf(scope).id, slug]);
    if (others[0]) throw taken(name);
  }
  await update(db, "categories", { name, slug, description }, { id, blog_id: blogOf(scope).id });
  if (slug !== before.slug) await leadOn(scope, db, before.slug, slug);
  await scope.touch(db, blogOf(scope).id);
  return { id, name, slug, description };
}

/** Puts every post of one category into another, whose address the first one's leads to from now on. PublicError 404 or 422. */
export async function mergeCategories(scope: Scope, db: Transaction, pair: { from: string; into: string }): Promise<void> {
  if (pair.from === pair.into) throw new PublicError("category.same", "Choose another category to merge this one into.", 422);
  const [from, into] = [await categoryById(scope, db, pair.from), await categoryById(scope, db, pair.into)];
  // The database moves them by itself, however many they are.
  const rows = "SELECT post_id, ?, blog_id, is_listed, published_at FROM post_categories WHERE category_id = ?";
  const verb = db.dialect === "sqlite" ? "INSERT OR IGNORE" : "INSERT IGNORE";
  await db.run(`${verb} INTO post_categories (post_id, category_id, blog_id, is_listed, published_at) ${rows}`, [
    into.id,
    from.id,
  ]);
  await removeRows(scope, db, from.id);
  await leadOn(scope, db, from.slug, into.slug);
  await scope.touch(db, blogOf(scope).id);
}

/** Removes a category; its posts stay. PublicError 404. */
export async function deleteCategory(scope: Scope, db: Transaction, id: string): Promise<Category> {
  const category = await categoryById(scope, db, id);
  await removeRows(scope, db, id);
  // What led to it would lead nowhere.
  await remove(db, "redirects", { blog_id: blogOf(scope).id, target: addressOf(category.slug) });
  await scope.touch(db, blogOf(scope).id);
  return category;
}

/** A category of the scope's blog. PublicError 404 when there is none. */
export async function categoryById(scope: Scope, db: Pick<Transaction, "query">, id: string): Promise<Category> {
  const sql = "SELECT id, name, slug, description FROM categories WHERE blog_id = ? AND id = ?";
  const rows = await db.query<Category>(sql, [blogOf(scope).id, id]);
  if (!rows[0]) throw new PublicError("category.unknown", "There is no such category.", 404);
  return { ...rows[0] };
}

/** The first name like this one that no category has: “Walks 2”. */
export async function freeCategoryName(scope: Scope, name: string): Promise<string> {
  const wanted = Array.from({ length: 20 }, (_, at) => `${name.trim().slice(0, 190)} ${at + 2}`);
  const sql = `SELECT slug FROM categories WHERE blog_id = ? AND slug IN (${marks(wanted.length)})`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id, ...wanted.map(slugify)]);
  const slugs = new Set(rows.map((row) => String(row.slug)));
  return wanted.find((one) => !slugs.has(slugify(one))) ?? "";
}

function checked({ name, description }: CategoryText): CategoryText & { slug: string } {
  const trimmed = name.trim().replace(/\s+/g, " ");
  const slug = slugify(trimmed);
  if (slug === "" || trimmed.length > 200)
    throw new PublicError("category.name", "Give the category a name with letters or digits, 200 characters at most.", 422);
  if (trimmed.includes(","))
    throw new PublicError("category.comma", "A comma stands between categories, so a name cannot have one.", 422);
  if (description.length > 2000)
    throw new PublicError("category.description", "The description may have 2,000 characters at most.", 422);
  return { name: trimmed, slug, description: description.trim() };
}

async function leadOn(scope: Scope, db: Transaction, from: string, to: string): Promise<void> {
  const [old, target] = [addressOf(from), addressOf(to)];
  const key = { blog_id: blogOf(scope).id, path_hash: hashOf(old) };
  await upsert(db, "redirects", { ...key, path: old, target, created_at: stamp(scope.clock.now()) }, Object.keys(key));
  await remove(db, "redirects", { ...key, path_hash: hashOf(target) });
  await update(db, "redirects", { target }, { blog_id: key.blog_id, target: old });
}

async function removeRows(scope: Scope, db: Transaction, id: string): Promise<void> {
  const runs = "UPDATE category_runs SET state = 'cancelled' WHERE category_id = ? AND state IN ('waiting', 'running')";
  await db.run(runs, [id]);
  await remove(db, "post_categories", { category_id: id });
  await remove(db, "category_filters", { category_id: id });
  await remove(db, "categories", { id, blog_id: blogOf(scope).id });
}

const addressOf = (slug: string): string => `/categories/${slug}`;
const taken = (name: string) =>
  new PublicError("category.taken", `There is a category “${name}” already, or one with the same address.`, 409, { name });
