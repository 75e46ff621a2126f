import type { Scope } from "../../hooks/scope.ts";
import type { Category } from "../../hooks/values.ts";
import { listPosts } from "../../posts/read.ts";
import type { CategoryObject } from "../objects/categories.ts";
import { hasBrand } from "../theme-engine/engine.ts";
import type { PictureSizes } from "../picture-sizes.ts";
import { postObject, type PostObject, type PostSetting } from "../objects/posts.ts";

type Page = { readonly setting: PostSetting; readonly pictures: Pick<PictureSizes, "load"> };
/** What one call asks for. */
export type Wish = { readonly count: number; readonly kind?: string; readonly category?: string };

const most = 50;
const mostCalls = 10;

/**
 * Posts that templates ask for with `latest()`. Drawing cannot wait for the database, so the first drawing notes what is
 * asked, `read` fetches it, and the page is drawn once more; pages that ask for nothing are drawn once.
 */
export class Latest {
  readonly #known = new Map<string, readonly PostObject[]>();
  readonly #missing: Map<string, Wish>;
  readonly #asked = new Map<string, Wish>();

  /** `expected` is what the page asked for the last time: read before the first drawing, it needs no second one. */
  constructor(expected: ReadonlyMap<string, Wish> = new Map()) {
    this.#missing = new Map(expected);
  }

  /** What was really asked for. */
  get asked(): ReadonlyMap<string, Wish> {
    return this.#asked;
  }

  /** The posts, or none until they are read. */
  get(count: unknown, kind: unknown, category: unknown): readonly PostObject[] {
    // A setting of type `category` is a Category, whose slug is meant.
    const given = hasBrand("Category", category) ? (category as CategoryObject).slug : category;
    const slug = typeof given === "string" ? given : "";
    const wish: Wish = {
      count: Math.min(Math.max(Math.trunc(Number(count)) || 5, 1), most),
      ...(typeof kind === "string" && kind !== "" && { kind }),
      ...(slug !== "" && { category: slug }),
    };
    const key = JSON.stringify(wish);
    if (!this.#asked.has(key)) {
      if (this.#asked.size >= mostCalls) throw new Error(`latest() can be asked ${mostCalls} different things on a page`);
      this.#asked.set(key, wish);
    }
    const known = this.#known.get(key);
    if (known) return known;
    this.#missing.set(key, wish);
    return [];
  }

  /** Fetches what was asked for; false when nothing was, so that the page is finished. */
  async read(scope: Scope, page: Page, categories: readonly Category[]): Promise<boolean> {
    if (this.#missing.size === 0) return false;
    for (const [key, wish] of this.#missing) this.#known.set(key, await posts(scope, wish, page, categories));
    this.#missing.clear();
    return true;
  }
}

async function posts(scope: Scope, wish: Wish, page: Page, categories: readonly Category[]): Promise<PostObject[]> {
  const category = categories.find(({ slug }) => slug === wish.category);
  if (wish.category !== undefined && !category) return [];
  const found = await listPosts(scope, {
    limit: wish.count,
    ...(wish.kind !== undefined && { kind: wish.kind }),
    ...(category && { categoryId: category.id }),
  });
  await page.pictures.load(found);
  return found.map((post) => postObject(post, page.setting));
}
