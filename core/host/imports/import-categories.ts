import { blogOf, type Scope } from "../../hooks/scope.ts";
import { ulid } from "../../ids.ts";
import { addCategories } from "../../posts/categories.ts";
import { hashOf, slugify } from "../../posts/permalink.ts";
import { categoriesOf } from "../../posts/read.ts";
import { insert } from "../../storage/rows.ts";

type Wanted = { readonly name: string; readonly description?: string };

/** The categories an import brings: makes those that are missing and remembers which it made, for the undo. */
export class ImportCategories {
  readonly #scope: Scope;
  readonly #importId: string;
  readonly #known: Set<string>;
  readonly #seen = new Set<string>();
  #missing = new Map<string, { name: string; description: string }>();

  private constructor(scope: Scope, importId: string, known: Set<string>) {
    this.#scope = scope;
    this.#importId = importId;
    this.#known = known;
  }

  static async open(scope: Scope, importId: string): Promise<ImportCategories> {
    return new ImportCategories(scope, importId, new Set((await categoriesOf(scope)).map(({ slug }) => slug)));
  }

  /** Notes a category; true the first time this import mentions it. */
  want({ name, description = "" }: Wanted): boolean {
    const slug = slugify(name.trim());
    if (slug === "") return false;
    const isFirst = !this.#seen.has(slug);
    this.#seen.add(slug);
    if (isFirst && !this.#known.has(slug)) this.#missing.set(slug, { name: name.trim().slice(0, 200), description });
    return isFirst;
  }

  /** Makes what is missing so far. */
  async store(): Promise<void> {
    if (this.#missing.size === 0) return;
    const added = [...this.#missing].map(([slug, { name, description }]) => ({ id: ulid(), slug, name, description }));
    const base = { blog_id: blogOf(this.#scope).id, import_id: this.#importId, subject: "category" };
    await this.#scope.storage.write(async (db) => {
      await addCategories(this.#scope, db, added);
      const rows = added.map(({ id, slug }) => ({ ...base, source_hash: hashOf(`category ${slug}`), subject_id: id }));
      await insert(db, "import_items", rows, { ignore: true });
      await this.#scope.touch(db, base.blog_id);
    });
    for (const slug of this.#missing.keys()) this.#known.add(slug);
    this.#missing = new Map();
  }
}
