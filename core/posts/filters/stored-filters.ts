import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Post } from "../../hooks/values.ts";
import { remove, upsert } from "../../storage/rows.ts";
import type { Row, Transaction } from "../../storage/storage.ts";
import { matches, type CategoryFilter, type Condition } from "./category-filter.ts";

/** A category's filter with the category's slug, by which the publish door names it. */
export type StoredFilter = CategoryFilter & { readonly categoryId: string; readonly slug: string };

/** The filters of the scope's blog by category; few, and read for every new post. */
export async function filtersOf(scope: Scope): Promise<readonly StoredFilter[]> {
  const sql =
    "SELECT f.category_id, f.match_all, f.conditions, c.slug FROM category_filters f " +
    "JOIN categories c ON c.id = f.category_id WHERE f.blog_id = ?";
  return (await scope.storage.query(sql, [blogOf(scope).id])).map((row) => ({
    ...filterOf(row),
    categoryId: String(row.category_id),
    slug: String(row.slug),
  }));
}

/** A stored row's filter. */
export function filterOf(row: Row): CategoryFilter {
  return {
    match: Number(row.match_all) === 1 ? "all" : "any",
    conditions: JSON.parse(String(row.conditions)) as Condition[],
  };
}

/** Keeps a category's filter, or lets it go (null). PublicError 404 when the category is not the blog's. */
export async function keepFilter(
  scope: Scope,
  db: Transaction,
  categoryId: string,
  filter: CategoryFilter | null,
): Promise<void> {
  const blogId = blogOf(scope).id;
  const found = await db.query("SELECT id FROM categories WHERE id = ? AND blog_id = ?", [categoryId, blogId]);
  if (!found[0]) throw new PublicError("category.unknown", "There is no such category.", 404);
  if (filter === null) return void (await remove(db, "category_filters", { category_id: categoryId, blog_id: blogId }));
  const row = {
    category_id: categoryId,
    blog_id: blogId,
    match_all: filter.match === "all",
    conditions: JSON.stringify(filter.conditions),
    updated_at: stamp(scope.clock.now()),
  };
  await upsert(db, "category_filters", row, ["category_id"]);
}

/** A post on its way into the database, with the names of its categories; null leaves those it has. */
type OnItsWay = { readonly post: Post; readonly categories: readonly string[] | null; readonly before: Post | null };

/**
 * Adds the categories whose filters a new post matches. New is what gets its address now: a draft that is published counts,
 * an edit does not, so that what its author took away stays away. Nothing that was chosen is ever removed.
 */
export async function withFilters<T extends OnItsWay>(scope: Scope, entries: readonly (T | object)[]): Promise<(T | object)[]> {
  const isNew = (entry: T | object): entry is T => "post" in entry && isFirstTime(entry);
  if (!entries.some(isNew)) return [...entries];
  const filters = await filtersOf(scope);
  if (filters.length === 0) return [...entries];
  return entries.map((entry) => {
    if (!isNew(entry)) return entry;
    const added = filters.filter((filter) => matches(filter, entry.post)).map(({ slug }) => slug);
    if (added.length === 0) return entry;
    const chosen = entry.categories ?? entry.before?.categories.map(({ slug }) => slug) ?? [];
    return { ...entry, categories: [...chosen, ...added] };
  });
}

function isFirstTime({ post, before }: OnItsWay): boolean {
  return post.kind !== "page" && post.path !== "" && (before === null || before.path === "");
}
