import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Category, Post } from "../hooks/values.ts";
import { marks } from "../storage/rows.ts";
import type { Bindable, Row } from "../storage/storage.ts";
import { cleanPath, hashOf } from "./permalink.ts";
import { postColumns, postFrom } from "./post.ts";

/** Which listed posts: `after` goes on to older ones, `before` back to newer ones; both are ids of posts. */
export type ListFilter = {
  readonly after?: string;
  readonly before?: string;
  /** 20 unless told, at most 100. */
  readonly limit?: number;
  readonly categoryId?: string;
  readonly kind?: string;
  readonly authorId?: string;
  /** `2026` or `2026-11`, by the blog's zone. */
  readonly month?: string;
};

/** A post of the scope's blog in any state; null when there is none. */
export async function postById(scope: Scope, id: string): Promise<Post | null> {
  const rows = await scope.storage.query(`SELECT ${postColumns} FROM posts p WHERE p.blog_id = ? AND p.id = ?`, [
    blogOf(scope).id,
    id,
  ]);
  return (await withCategories(scope, rows))[0] ?? null;
}

/** Posts of the scope's blog by their ids, in any state, in no order; unknown ids are passed by. */
export async function postsByIds(scope: Scope, ids: readonly string[]): Promise<readonly Post[]> {
  if (ids.length === 0) return [];
  // Said so that only the ids lead to the rows: SQLite would believe that a blog has few posts, and read them all.
  const sql = `SELECT ${postColumns} FROM posts p WHERE p.id IN (${marks(ids.length)}) AND COALESCE(p.blog_id, '') = ?`;
  return withCategories(scope, await scope.storage.query(sql, [...ids, blogOf(scope).id]));
}

/** The published post or page at a path of the scope's blog (unlisted ones too); null for drafts, private ones and none. */
export async function postByPath(scope: Scope, path: string): Promise<Post | null> {
  const clean = cleanPath(path);
  if (clean === null) return null;
  const rows = await scope.storage.query(
    `SELECT ${postColumns} FROM posts p WHERE p.blog_id = ? AND p.path_hash = ? AND p.status = 'published' AND p.visibility <> 'private'`,
    [blogOf(scope).id, hashOf(clean)],
  );
  return (await withCategories(scope, rows))[0] ?? null;
}

/** Whether readers could see a post at this path that lies in the trash now. */
export async function wasPublished(scope: Scope, path: string): Promise<boolean> {
  const clean = cleanPath(path);
  if (clean === null) return false;
  const sql = `SELECT 1 AS one FROM posts WHERE blog_id = ? AND path_hash = ? AND status = 'trash' AND visibility <> 'private'
    AND COALESCE(trashed_from, 'published') = 'published'`;
  return (await scope.storage.query(sql, [blogOf(scope).id, hashOf(clean)])).length > 0;
}

/** Listed posts, newest first. Always an index, never an offset. Empty when the post named by `after` or `before` is unknown. */
export async function listPosts(scope: Scope, filter: ListFilter = {}): Promise<readonly Post[]> {
  const blog = blogOf(scope);
  const limit = Math.min(Math.max(filter.limit ?? 20, 1), 100);
  const edge = filter.after ?? filter.before;
  const cursor = edge === undefined ? null : await cursorOf(scope, edge);
  if (edge !== undefined && !cursor) return [];

  // The link table repeats what a category's page sorts by, so that one index serves it.
  const inCategory = filter.categoryId !== undefined;
  const [at, id] = inCategory ? ["pc.published_at", "pc.post_id"] : ["p.published_at", "p.id"];
  const where = inCategory ? ["pc.category_id = ?", "pc.is_listed = 1"] : ["p.blog_id = ?", "p.is_listed = 1"];
  const values: Bindable[] = [filter.categoryId ?? blog.id];
  // What is listed is published; said again so that the index by kind serves.
  if (filter.kind !== undefined) add(where, values, "p.kind = ? AND p.status = 'published'", filter.kind);
  if (filter.authorId !== undefined) add(where, values, "p.author_id = ?", filter.authorId);
  if (filter.month !== undefined) {
    const [from, until] = monthRange(filter.month, blog.timeZone);
    add(where, values, `${at} >= ? AND ${at} < ?`, from, until);
  }
  const back = filter.before !== undefined && filter.after === undefined;
  if (cursor) {
    const beyond = back ? ">" : "<";
    // The bound by itself lets the index begin at the place; the OR alone would walk there from the newest post.
    add(where, values, `${at} ${beyond}= ? AND (${at} ${beyond} ? OR ${id} ${beyond} ?)`, cursor.at, cursor.at, cursor.id);
  }
  const from = inCategory ? "post_categories pc JOIN posts p ON p.id = pc.post_id" : "posts p";
  const direction = back ? "ASC" : "DESC";
  const rows = await scope.storage.query(
    `SELECT ${postColumns} FROM ${from} WHERE ${where.join(" AND ")} ORDER BY ${at} ${direction}, ${id} ${direction} LIMIT ${limit}`,
    values,
  );
  return withCategories(scope, back ? rows.toReversed() : rows);
}

/** Published pages in their order (`order` property, then title). At most 200. */
export async function listPages(scope: Scope): Promise<readonly Post[]> {
  const rows = await scope.storage.query(
    `SELECT ${postColumns} FROM posts p WHERE p.blog_id = ? AND p.kind = 'page' AND p.status = 'published' ORDER BY p.published_at LIMIT 200`,
    [blogOf(scope).id],
  );
  const order = (post: Post) => (typeof post.properties.order === "number" ? post.properties.order : 0);
  return (await withCategories(scope, rows)).toSorted((a, b) => order(a) - order(b) || a.title.localeCompare(b.title));
}

/** Posts in one state for the dashboard, latest change first; `kind` "page" gives pages, else everything but pages. */
export async function listByStatus(
  scope: Scope,
  filter: {
    status: Post["status"];
    pages?: boolean;
    authorId?: string;
    after?: { updatedAt: string; id: string };
    limit?: number;
  },
): Promise<readonly Post[]> {
  const where = ["p.blog_id = ?", "p.status = ?", filter.pages ? "p.kind = 'page'" : "p.kind <> 'page'"];
  const values: Bindable[] = [blogOf(scope).id, filter.status];
  if (filter.authorId) add(where, values, "p.author_id = ?", filter.authorId);
  if (filter.after) {
    const { updatedAt, id } = filter.after;
    add(where, values, "p.updated_at <= ? AND (p.updated_at < ? OR p.id < ?)", updatedAt, updatedAt, id);
  }
  const limit = Math.min(filter.limit ?? 30, 100);
  const rows = await scope.storage.query(
    `SELECT ${postColumns} FROM posts p WHERE ${where.join(" AND ")} ORDER BY p.updated_at DESC, p.id DESC LIMIT ${limit}`,
    values,
  );
  return withCategories(scope, rows);
}

/** Every category of the blog, by name, also those of drafts only: for the people who write there. */
export async function categoriesOf(scope: Scope): Promise<readonly Category[]> {
  const rows = await scope.storage.query("SELECT id, name, slug, description FROM categories WHERE blog_id = ? ORDER BY name", [
    blogOf(scope).id,
  ]);
  return rows.map(categoryFrom);
}

/** The categories that readers see: those with a listed post, by name. A draft's categories say nothing before it does. */
export async function listedCategoriesOf(scope: Scope): Promise<readonly Category[]> {
  const rows = await scope.storage.query(
    "SELECT c.id, c.name, c.slug, c.description FROM categories c WHERE c.blog_id = ? AND EXISTS " +
      "(SELECT 1 FROM post_categories pc WHERE pc.category_id = c.id AND pc.is_listed = 1) ORDER BY c.name",
    [blogOf(scope).id],
  );
  return rows.map(categoryFrom);
}

/** How many listed posts each month has, newest month first; kept as posts come and go. */
export async function monthsOf(scope: Scope): Promise<readonly { month: string; count: number }[]> {
  const rows = await scope.storage.query(
    "SELECT month, number FROM post_months WHERE blog_id = ? AND number > 0 ORDER BY month DESC",
    [blogOf(scope).id],
  );
  return rows.map((row) => ({ month: String(row.month), count: Number(row.number) }));
}

/** The next newer and older listed post, for the foot of a post's page. */
export async function neighboursOf(scope: Scope, post: Post): Promise<{ newer: Post | null; older: Post | null }> {
  if (!post.isListed) return { newer: null, older: null };
  const newer = await listPosts(scope, { before: post.id, limit: 1 });
  const older = await listPosts(scope, { after: post.id, limit: 1 });
  return { newer: newer[0] ?? null, older: older[0] ?? null };
}

/** The new path of a post that moved away from this one; null when nothing moved, or readers cannot see where it went. */
export async function redirectFrom(scope: Scope, path: string): Promise<string | null> {
  const clean = cleanPath(path);
  if (clean === null) return null;
  const sql = "SELECT target FROM redirects WHERE blog_id = ? AND path_hash = ?";
  const rows = await scope.storage.query(sql, [blogOf(scope).id, hashOf(clean)]);
  if (!rows[0]) return null;
  const target = String(rows[0].target);
  // The new address of a post that was taken back says what its draft is about.
  const hidden = await scope.storage.query(
    "SELECT id FROM posts WHERE blog_id = ? AND path_hash = ? AND (status <> 'published' OR visibility = 'private')",
    [blogOf(scope).id, hashOf(target)],
  );
  return hidden.length > 0 ? null : target;
}

async function cursorOf(scope: Scope, id: string): Promise<{ at: string; id: string } | null> {
  const sql = "SELECT published_at FROM posts WHERE blog_id = ? AND id = ? AND published_at IS NOT NULL";
  const rows = await scope.storage.query(sql, [blogOf(scope).id, id]);
  return rows[0] ? { at: String(rows[0].published_at), id } : null;
}

async function withCategories(scope: Scope, rows: readonly Row[]): Promise<Post[]> {
  const blog = blogOf(scope);
  if (rows.length === 0) return [];
  const links = await scope.storage.query(
    `SELECT pc.post_id, c.id, c.name, c.slug, c.description FROM post_categories pc JOIN categories c ON c.id = pc.category_id ` +
      `WHERE pc.post_id IN (${marks(rows.length)}) ORDER BY c.name`,
    rows.map((row) => String(row.id)),
  );
  const byPost = Map.groupBy(links, (link) => String(link.post_id));
  return rows.map((row) => postFrom(row, blog, (byPost.get(String(row.id)) ?? []).map(categoryFrom)));
}

function categoryFrom(row: Row): Category {
  return { id: String(row.id), name: String(row.name), slug: String(row.slug), description: String(row.description) };
}

function add(where: string[], values: Bindable[], condition: string, ...more: Bindable[]): void {
  where.push(condition);
  values.push(...more);
}

/** The first moment of a month (`2026-11`) or year (`2026`) in a zone, and the first one after it. */
export function monthRange(month: string, timeZone: string): [string, string] {
  const isYear = month.length === 4;
  const first = Temporal.PlainDate.from(isYear ? `${month}-01-01` : `${month}-01`);
  const next = first.add(isYear ? { years: 1 } : { months: 1 });
  return [instant(first, timeZone), instant(next, timeZone)];
}

function instant(day: Temporal.PlainDate, timeZone: string): string {
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds).toISOString();
}
