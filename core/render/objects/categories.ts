import type { Category } from "../../hooks/values.ts";
import { brandObject } from "../theme-engine/engine.ts";

/** A category as templates see it; `count` is null where nobody counted. */
export type CategoryObject = {
  readonly name: string;
  readonly slug: string;
  readonly url: string;
  readonly description: string;
  readonly count: number | null;
};

/** Tells how many posts a category lists, or null as long as that is not known. */
export type CategoryCounter = (categoryId: string) => number | null;

const late: ReadonlySet<string> = new Set(["count"]);

/** A category as templates see it. Its posts are counted only for themes that show how many there are. */
export function categoryObject(
  category: Omit<Category, "id"> & { readonly id?: string },
  blogUrl: string,
  counted?: CategoryCounter,
): CategoryObject {
  return brandObject("Category", new CategoryView(category, blogUrl, counted), late);
}

class CategoryView implements CategoryObject {
  readonly #id: string;
  readonly #counted: CategoryCounter | undefined;
  readonly name;
  readonly slug;
  readonly url;
  readonly description;

  constructor(category: Omit<Category, "id"> & { readonly id?: string }, blogUrl: string, counted?: CategoryCounter) {
    this.#id = category.id ?? "";
    this.#counted = counted;
    this.name = category.name;
    this.slug = category.slug;
    this.url = `${blogUrl}categories/${encodeURIComponent(category.slug)}`;
    this.description = category.description;
  }

  get count(): number | null {
    return this.#counted?.(this.#id) ?? null;
  }
}
