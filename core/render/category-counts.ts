import type { Scope } from "../hooks/scope.ts";
import type { Category } from "../hooks/values.ts";
import { marks } from "../storage/rows.ts";

/**
 * How many posts each category of a blog lists. Counting reads every one of them, so it is done only when a template asks, once
 * until something shown on the blog changes: the first drawing finds nothing, `read` counts, and the page is drawn once more.
 */
export class CategoryCounts {
  readonly #ids: readonly string[];
  #known: ReadonlyMap<string, number> | null = null;
  #isWanted = false;

  constructor(categories: readonly Category[]) {
    this.#ids = categories.map(({ id }) => id);
  }

  /** The number of a category's posts; null until they are counted. */
  of(categoryId: string): number | null {
    if (this.#known) return this.#known.get(categoryId) ?? 0;
    this.#isWanted = true;
    return null;
  }

  /** Counts when somebody asked; false when nobody did, or it is known already. */
  async read(scope: Scope): Promise<boolean> {
    if (this.#known || !this.#isWanted) return false;
    this.#known = await countInCategories(scope, this.#ids);
    return true;
  }
}

/** How many listed posts each of these categories has; those without one are left out. Reads every one of them. */
export async function countInCategories(scope: Scope, all: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const known = new Map<string, number>();
  for (let at = 0; at < all.length; at += 200) {
    const ids = all.slice(at, at + 200);
    const sql = `SELECT category_id, COUNT(*) AS number FROM post_categories WHERE category_id IN (${marks(ids.length)}) AND is_listed = 1 GROUP BY category_id`;
    for (const row of await scope.storage.query(sql, ids)) known.set(String(row.category_id), Number(row.number));
  }
  return known;
}
