import { blogColumns, blogFrom, type Hub } from "../../blogs/blog.ts";
import type { Blog } from "../../hooks/values.ts";
import { marks } from "../../storage/rows.ts";
import type { Bindable, Row, Storage } from "../../storage/storage.ts";
import { within } from "./like.ts";

export type BlogState = "active" | "suspended" | "deleted";

/** Which blogs; what is left out does not matter. */
export type BlogFilter = {
  /** A part of an address or title. */
  readonly q?: string;
  /** A username. */
  readonly owner?: string;
  readonly state?: BlogState;
  readonly after?: string;
};

/** A blog in any state, with its owner's username and what its files take up. */
export type ListedBlog = { readonly blog: Blog; readonly state: BlogState; readonly owner: string; readonly bytes: number };

const pageSize = 30;
const from = "FROM blogs b LEFT JOIN accounts a ON a.id = b.owner_id";

/** Blogs by host, 30 a page; `next` is where the page after begins. */
export async function findBlogs(
  storage: Storage,
  hub: Hub,
  filter: BlogFilter,
): Promise<{ blogs: readonly ListedBlog[]; next: string | null }> {
  const where = ["b.host > ?"];
  const values: Bindable[] = [filter.after ?? ""];
  if (filter.state) {
    where.push("b.state = ?");
    values.push(filter.state);
  }
  if (filter.owner) {
    where.push("a.username = ?");
    values.push(filter.owner.toLowerCase());
  }
  const q = (filter.q ?? "").trim().toLowerCase();
  if (q !== "") {
    where.push("(b.host LIKE ? ESCAPE '!' OR LOWER(b.title) LIKE ? ESCAPE '!')");
    values.push(within(q), within(q));
  }
  const sql = `SELECT ${columns} ${from} WHERE ${where.join(" AND ")} ORDER BY b.host LIMIT ${pageSize + 1}`;
  const rows = await storage.query(sql, values);
  const blogs = await withBytes(storage, hub, rows.slice(0, pageSize));
  return { blogs, next: rows.length > pageSize ? blogs.at(-1)!.blog.host : null };
}

/** The blog of a host in any state; null when there is none. */
export async function listedBlog(storage: Storage, hub: Hub, host: string): Promise<ListedBlog | null> {
  const rows = await storage.query(`SELECT ${columns} ${from} WHERE b.host = ?`, [host.toLowerCase()]);
  return (await withBytes(storage, hub, rows))[0] ?? null;
}

/** Blogs in any state of which somebody is an owner, by host. */
export async function blogsOwnedBy(storage: Storage, hub: Hub, accountId: string): Promise<readonly ListedBlog[]> {
  const sql = `SELECT ${columns} ${from} JOIN memberships m ON m.blog_id = b.id AND m.role = 'owner' WHERE m.account_id = ? ORDER BY b.host LIMIT 200`;
  return withBytes(storage, hub, await storage.query(sql, [accountId]));
}

const columns = `${blogColumns}, b.state, a.username AS owner`;

async function withBytes(storage: Storage, hub: Hub, rows: readonly Row[]): Promise<ListedBlog[]> {
  if (rows.length === 0) return [];
  const sums = await storage.query(
    `SELECT blog_id, bytes FROM media_totals WHERE blog_id IN (${marks(rows.length)})`,
    rows.map((row) => String(row.id)),
  );
  const bytes = new Map(sums.map((row) => [String(row.blog_id), Number(row.bytes)]));
  return rows.map((row) => ({
    blog: blogFrom(row, hub),
    state: row.state as BlogState,
    owner: String(row.owner ?? ""),
    bytes: bytes.get(String(row.id)) ?? 0,
  }));
}
