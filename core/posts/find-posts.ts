import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post, PostStatus } from "../hooks/values.ts";
import { isUlid } from "../ids.ts";
import { marks } from "../storage/rows.ts";
import type { Bindable, Row } from "../storage/storage.ts";
import { monthRange, postsByIds } from "./read.ts";
import { textMatch } from "../storage/text-match.ts";

/** Which posts (no pages) of a blog the people who write there look for. */
export type PostFilter = {
  readonly status: PostStatus;
  /** Words in title or text. */
  readonly text?: string;
  readonly kind?: string;
  readonly categoryId?: string;
  /** By the blog's zone. */
  readonly year?: string;
  /** Written here, brought by an import, or sent by an app. */
  readonly source?: "web" | "import" | "app";
  /** Only this account's. */
  readonly authorId?: string;
  /** Private ones only of this account. */
  readonly readerId?: string;
};

/** A page of them. `next` is where to go on; `isCut` says that it ends because enough was looked through, not because it is full. */
export type FoundPosts = { readonly posts: readonly Post[]; readonly next: string | null; readonly isCut: boolean };

/** How many posts one page looks through at most when a filter has no index of its own. */
export const mostLookedAt = 3_000;
const step = 500;

/**
 * Posts in one state: published ones by their date, newest first; scheduled ones the next first; drafts and trash by their last
 * change. Walks along an index and looks at the posts it passes, 3,000 at most; the next page goes on from there.
 */
export async function findPosts(
  scope: Scope,
  filter: PostFilter,
  page: { readonly after?: string; readonly limit?: number } = {},
): Promise<FoundPosts> {
  const { places, next, isCut } = await findPlaces(scope, filter, { ...page, limit: Math.min(page.limit ?? 30, 200) });
  return { posts: await inOrder(scope, places), next, isCut };
}

/** The same without reading the posts: where they stand in their list, at most 500 of them. */
export async function findPlaces(
  scope: Scope,
  filter: PostFilter,
  page: { readonly after?: string; readonly limit: number },
): Promise<{ readonly places: readonly Place[]; readonly next: string | null; readonly isCut: boolean }> {
  const limit = Math.min(page.limit, 500);
  const road = roadOf(scope, filter);
  const found: Place[] = [];
  let at = placeOf(page.after);
  for (let looked = 0; looked < mostLookedAt;) {
    // Nearly every post fits when nothing but the state is asked for.
    const size = road.isPlain ? limit + 20 : step;
    const places = await walk(scope, road, at, size);
    const fitting = await fit(scope, road, places);
    found.push(...places.filter(({ id }) => fitting.has(id)));
    if (found.length > limit) return full(found.slice(0, limit));
    if (places.length < size) return { places: found, next: null, isCut: false };
    at = places.at(-1)!;
    looked += places.length;
  }
  return { places: found, next: at && `${at.at} ${at.id}`, isCut: true };
}

/** The place of a post in such a list, to go on after it; null when it is none of the blog's. */
export async function placeOfPost(scope: Scope, { status }: PostFilter, id: string): Promise<string | null> {
  const sql = "SELECT published_at, updated_at FROM posts WHERE id = ? AND blog_id = ?";
  const [row] = isUlid(id) ? await scope.storage.query(sql, [id, blogOf(scope).id]) : [];
  if (!row) return null;
  return `${String(status === "published" || status === "scheduled" ? row.published_at : row.updated_at)} ${id}`;
}

/** How many posts (and pages) of a blog are in a state, up to a limit: no more are counted. */
export async function countUpTo(scope: Scope, status: PostStatus, limit: number): Promise<number> {
  const sql = `SELECT COUNT(*) AS number FROM (SELECT 1 AS one FROM posts WHERE blog_id = ? AND status = ? LIMIT ${limit}) some`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id, status]);
  return Number(rows[0]?.number ?? 0);
}

type Place = { readonly at: string; readonly id: string };

/** Along which index to walk, and what each post on the way must be. */
type Road = {
  readonly from: string;
  readonly at: string;
  readonly id: string;
  readonly direction: "ASC" | "DESC";
  readonly where: readonly string[];
  readonly values: readonly Bindable[];
  readonly conditions: readonly string[];
  readonly conditionValues: readonly Bindable[];
  readonly isPlain: boolean;
};

function roadOf(scope: Scope, filter: PostFilter): Road {
  const { status, kind, categoryId, year } = filter;
  const blog = blogOf(scope);
  const isDated = status === "published" || status === "scheduled";
  const byCategory = isDated && categoryId !== undefined;
  const byKind = isDated && !byCategory && kind !== undefined;
  const at = byCategory ? "pc.published_at" : isDated ? "p.published_at" : "p.updated_at";
  const where = byCategory ? ["pc.category_id = ?"] : ["p.blog_id = ?", "p.status = ?"];
  const values: Bindable[] = byCategory ? [categoryId] : [blog.id, status];
  if (byKind) {
    where.push("p.kind = ?");
    values.push(kind);
  }
  if (year !== undefined) {
    where.push(`${at} >= ? AND ${at} < ?`);
    values.push(...monthRange(year, blog.timeZone));
  } else if (byCategory) where.push("pc.published_at IS NOT NULL");
  const conditions = conditionsOf(scope, filter);
  return {
    from: byCategory ? "post_categories pc" : "posts p",
    at,
    id: byCategory ? "pc.post_id" : "p.id",
    direction: status === "scheduled" ? "ASC" : "DESC",
    where,
    values,
    conditions: conditions.map(([sql]) => sql),
    conditionValues: conditions.flatMap(([, ...rest]) => rest),
    isPlain: conditions.length === 2,
  };
}

function conditionsOf(scope: Scope, filter: PostFilter): (readonly [sql: string, ...values: Bindable[]])[] {
  const conditions: (readonly [string, ...Bindable[]])[] = [
    // Said so that no index but the ids' is thought of: SQLite would believe that a blog has few posts, and read them all.
    ["COALESCE(p.blog_id, '') = ? AND COALESCE(p.status, '') = ?", blogOf(scope).id, filter.status],
    ["p.kind <> 'page'"],
  ];
  if (filter.kind !== undefined) conditions.push(["COALESCE(p.kind, '') = ?", filter.kind]);
  if (filter.authorId !== undefined) conditions.push(["COALESCE(p.author_id, '') = ?", filter.authorId]);
  if (filter.readerId !== undefined) conditions.push(["(p.visibility <> 'private' OR p.author_id = ?)", filter.readerId]);
  if (filter.source === "app") conditions.push(["p.via NOT IN ('web', 'import')"]);
  else if (filter.source !== undefined) conditions.push(["p.via = ?", filter.source]);
  if (filter.categoryId !== undefined)
    conditions.push(["EXISTS (SELECT 1 FROM post_categories c WHERE c.post_id = p.id AND c.category_id = ?)", filter.categoryId]);
  if (filter.text !== undefined) conditions.push(textMatch(scope.storage.dialect, ["p.title", "p.source"], filter.text));
  return conditions;
}

async function walk(scope: Scope, road: Road, after: Place | null, limit: number): Promise<Place[]> {
  const beyond = road.direction === "DESC" ? "<" : ">";
  // The bound by itself lets the index begin at the place; the OR alone would walk there from the start.
  const on = after ? ` AND ${road.at} ${beyond}= ? AND (${road.at} ${beyond} ? OR ${road.id} ${beyond} ?)` : "";
  const order = `${road.at} ${road.direction}, ${road.id} ${road.direction}`;
  const sql = `SELECT ${road.id} AS id, ${road.at} AS moment FROM ${road.from} WHERE ${road.where.join(" AND ")}${on} ORDER BY ${order} LIMIT ${limit}`;
  const rows = await scope.storage.query(sql, [...road.values, ...(after ? [after.at, after.at, after.id] : [])]);
  return rows.map((row: Row) => ({ id: String(row.id), at: String(row.moment) }));
}

async function fit(scope: Scope, road: Road, places: readonly Place[]): Promise<ReadonlySet<string>> {
  if (places.length === 0) return new Set();
  const sql = `SELECT p.id FROM posts p WHERE p.id IN (${marks(places.length)}) AND ${road.conditions.join(" AND ")}`;
  const rows = await scope.storage.query(sql, [...places.map(({ id }) => id), ...road.conditionValues]);
  return new Set(rows.map((row) => String(row.id)));
}

function full(places: readonly Place[]) {
  const last = places.at(-1)!;
  return { places, next: `${last.at} ${last.id}`, isCut: false };
}

async function inOrder(scope: Scope, places: readonly Place[]): Promise<Post[]> {
  const posts = await postsByIds(
    scope,
    places.map(({ id }) => id),
  );
  const byId = new Map(posts.map((post) => [post.id, post]));
  return places.flatMap(({ id }) => byId.get(id) ?? []);
}

function placeOf(after: string | undefined): Place | null {
  const parts = /^(\d{4}-[\d:.TZ-]{6,20}) ([0-9A-Z]{26})$/.exec(after ?? "");
  return parts ? { at: parts[1]!, id: parts[2]! } : null;
}
