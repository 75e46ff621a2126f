import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Account, Blog, Category, Json } from "../hooks/values.ts";
import { accountOf, personColumns, personFrom } from "../people/person.ts";
import { listedCategoriesOf, monthsOf } from "../posts/read.ts";
import { knownPictures, type KnownPicture } from "./picture-sizes.ts";
import type { Override } from "./themes/template-chain.ts";

/** A page of the blog as menus name it; `inMenu` says whether a menu that makes itself shows it. */
export type MenuPage = { readonly id: string; readonly title: string; readonly path: string; readonly inMenu: boolean };

/** What every page of a blog needs to know and what changes rarely. */
export type BlogFacts = {
  /** The owner and the members, by id. */
  readonly authors: ReadonlyMap<string, Account>;
  readonly categories: readonly Category[];
  readonly pages: readonly MenuPage[];
  readonly months: readonly { readonly month: string; readonly count: number }[];
  /** How many posts the blog lists. */
  readonly total: number;
  readonly overrides: readonly Override[];
  /** Pictures of the blog's library that its looks and people show on every page, by address. */
  readonly pictures: ReadonlyMap<string, KnownPicture>;
};

type Kept = { dataVersion: number | null; versions: string; facts: Promise<BlogFacts> };

const mostBlogs = 500;

/**
 * The facts of blogs, read again only after `touch` said that something shown changed. While somebody who is told of every
 * change has just looked, or nothing at all was written (SQLite tells), looking costs no query.
 */
export class FactsCache {
  readonly #kept = new Map<string, Kept>();
  #isToldOfAll: () => boolean = () => false;

  /** The facts of the scope's blog. */
  async of(scope: Scope): Promise<BlogFacts> {
    const { id } = blogOf(scope);
    const known = this.#kept.get(id);
    if (known && this.#isToldOfAll()) return known.facts;
    const dataVersion = scope.storage.dataVersion();
    const kept = this.#kept.get(id);
    if (kept && dataVersion !== null && kept.dataVersion === dataVersion) return kept.facts;

    const versions = await versionsOf(scope, id);
    if (kept?.versions === versions) {
      kept.dataVersion = dataVersion;
      return kept.facts;
    }
    const facts = readFacts(scope);
    if (this.#kept.size >= mostBlogs) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(id, { dataVersion, versions, facts });
    facts.catch(() => this.#kept.delete(id));
    return facts;
  }

  /** Believes in `changed` as long as `isFresh` says that it was told of everything there is. */
  follow(isFresh: () => boolean): void {
    this.#isToldOfAll = isFresh;
  }

  /** Something shown on a blog changed; "site" and "plugins" mean all of them. */
  changed(scope: string): void {
    if (scope === "site" || scope === "plugins") this.#kept.clear();
    else this.#kept.delete(scope);
  }

  /** Forgets a blog, when its own copies of templates were changed by us. */
  forget(blogId: string): void {
    this.#kept.delete(blogId);
  }
}

async function versionsOf(scope: Scope, blogId: string): Promise<string> {
  const sql = "SELECT scope, number FROM versions WHERE scope IN (?, 'site', 'plugins') ORDER BY scope";
  const rows = await scope.storage.query(sql, [blogId]);
  return rows.map((row) => `${row.scope} ${row.number}`).join(";");
}

async function readFacts(scope: Scope): Promise<BlogFacts> {
  const [authors, categories, pages, months, overrides] = await Promise.all([
    authorsOf(scope),
    listedCategoriesOf(scope),
    pagesOf(scope),
    monthsOf(scope),
    overridesOf(scope),
  ]);
  const pictures = await knownPictures(scope, standingPictures(blogOf(scope), authors));
  const total = months.reduce((sum, { count }) => sum + count, 0);
  return { authors, categories, pages, months, total, overrides, pictures };
}

function standingPictures(blog: Blog, authors: ReadonlyMap<string, Account>): string[] {
  const { design, icon, cover } = blog.settings;
  const themes = record(record(design).themes);
  const values = Object.values(record(themes[blog.theme]));
  const photos = [...authors.values()].map(({ photo }) => photo);
  const base = `${blog.url}media/`;
  const names = [icon, cover, ...values, ...photos].flatMap((value) => {
    if (typeof value !== "string" || value.length > 500) return [];
    const url = URL.parse(value, blog.url)?.href ?? "";
    return url.startsWith(base) ? [url.slice(base.length)] : [];
  });
  return [...new Set(names)].slice(0, 100);
}

const record = (value: Json | undefined): { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json }) : {};

async function authorsOf(scope: Scope): Promise<Map<string, Account>> {
  const blog = blogOf(scope);
  // Two ways by key instead of one OR, for which MariaDB would read every account there is.
  const select = `SELECT ${personColumns} FROM accounts a`;
  const rows = await scope.storage.query(
    `${select} WHERE a.id = ? UNION ALL ` +
      `${select} JOIN memberships m ON m.account_id = a.id WHERE m.blog_id = ? AND a.id <> ? LIMIT 200`,
    [blog.ownerId, blog.id, blog.ownerId],
  );
  return new Map(rows.map((row) => [String(row.id), accountOf(personFrom(row))]));
}

async function pagesOf(scope: Scope): Promise<MenuPage[]> {
  const rows = await scope.storage.query(
    "SELECT id, title, path, visibility, properties FROM posts WHERE blog_id = ? AND kind = 'page' AND status = 'published' " +
      "AND visibility <> 'private' ORDER BY published_at LIMIT 200",
    [blogOf(scope).id],
  );
  const ordered = rows.map((row) => {
    const { order, inMenu } = JSON.parse(String(row.properties)) as { order?: unknown; inMenu?: unknown };
    const page = { id: String(row.id), title: String(row.title), path: String(row.path) };
    // An unlisted page is in a menu only when somebody put it there.
    return {
      ...page,
      inMenu: row.visibility === "public" && inMenu !== false,
      order: typeof order === "number" ? order : 0,
    };
  });
  return ordered
    .toSorted((a, b) => a.order - b.order || a.title.localeCompare(b.title))
    .map(({ order: _order, ...page }) => page);
}

async function overridesOf(scope: Scope): Promise<Override[]> {
  const rows = await scope.storage.query(
    "SELECT theme, template, source, version FROM theme_overrides WHERE blog_id = ? AND state = 'active' LIMIT 300",
    [blogOf(scope).id],
  );
  return rows.map((row) => ({
    theme: String(row.theme),
    template: withEnding(String(row.template)),
    source: String(row.source),
    version: Number(row.version),
  }));
}

const withEnding = (name: string) => (name.endsWith(".njk") ? name : `${name}.njk`);
