import { markdownToHtml } from "../net/markdown.ts";
import type { Blog, Category } from "../hooks/values.ts";
import type { BlogFacts } from "./facts.ts";
import { authorFrom, type AuthorObject } from "./objects/authors.ts";
import { categoryObject, type CategoryObject } from "./objects/categories.ts";
import { CategoryCounts } from "./category-counts.ts";
import { Calendar } from "./functions/calendar.ts";
import { html, type Html } from "./theme-engine/engine.ts";

/** What every page of a blog shows alike, as templates see it, made once for the same blog and facts. */
export class Standing {
  readonly categories: readonly CategoryObject[];
  readonly descriptionHtml: Html;
  readonly counts: CategoryCounts;
  readonly calendar: Calendar;
  readonly #blog: Blog;
  readonly #facts: BlogFacts;
  readonly #authors = new Map<string, AuthorObject>();
  readonly #bySlug: ReadonlyMap<string, CategoryObject>;

  constructor(blog: Blog, facts: BlogFacts) {
    this.#blog = blog;
    this.#facts = facts;
    this.counts = new CategoryCounts(facts.categories);
    this.calendar = new Calendar(blog, facts.months);
    const counted = (id: string) => this.counts.of(id);
    this.categories = Object.freeze(
      facts.categories.map((category) => Object.freeze(categoryObject(category, blog.url, counted))),
    );
    this.#bySlug = new Map(this.categories.map((category) => [category.slug, category]));
    // Described in Markdown on the dashboard; a description is short, and most blogs have none.
    this.descriptionHtml = html(markdownToHtml(blog.description.slice(0, 5000), "reader"));
  }

  /** The author behind an account of the blog. */
  author(accountId: string): AuthorObject {
    let author = this.#authors.get(accountId);
    if (!author) {
      author = authorFrom(this.#blog, this.#facts.authors.get(accountId), this.#facts.pictures);
      // Posts may name any number of people who have left.
      if (this.#authors.size < 300) this.#authors.set(accountId, author);
    }
    return author;
  }

  /** A post's category; the blog's own one unless it was read in another state. */
  category(category: Category): CategoryObject {
    const known = this.#bySlug.get(category.slug);
    const isSame = known?.name === category.name && known.description === category.description;
    return isSame ? known : categoryObject(category, this.#blog.url);
  }
}

const standings = new WeakMap<Blog, { readonly facts: BlogFacts; readonly standing: Standing }>();

/** The standing part of a blog's pages; made anew when its facts are others. */
export function standingOf(blog: Blog, facts: BlogFacts): Standing {
  const known = standings.get(blog);
  if (known?.facts === facts) return known.standing;
  const standing = new Standing(blog, facts);
  standings.set(blog, { facts, standing });
  return standing;
}
