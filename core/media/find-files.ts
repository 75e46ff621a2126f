import { blogOf, type Scope } from "../hooks/scope.ts";
import { isUlid } from "../ids.ts";
import { textMatch } from "../storage/text-match.ts";
import { marks } from "../storage/rows.ts";
import type { Bindable } from "../storage/storage.ts";
import type { Blog } from "../hooks/values.ts";
import { libraryFileFrom, mediaColumns, type LibraryFile } from "./media-row.ts";

/** Which files of the blog's library. */
export type FileFilter = {
  readonly kind?: "image" | "audio" | "video";
  /** `2026-11`, by the blog's zone. */
  readonly month?: string;
  /** Only what no post shows. */
  readonly isUnused?: boolean;
  /** Only pictures that nobody described. */
  readonly lacksAlt?: boolean;
  /** Part of the name. */
  readonly name?: string;
  /** Words in the name or the description. */
  readonly text?: string;
  /** Only files of this person. */
  readonly accountId?: string;
  /** Id of the last file seen. */
  readonly after?: string;
  /** 30 unless told, at most 500. */
  readonly limit?: number;
};

/** A file of the blog's library; null when there is none. */
export async function libraryFile(scope: Scope, id: string): Promise<LibraryFile | null> {
  const blog = blogOf(scope);
  if (!isUlid(id)) return null;
  const sql = `SELECT ${mediaColumns} FROM media m WHERE m.blog_id = ? AND m.id = ?`;
  const [row] = await scope.storage.query(sql, [blog.id, id]);
  return row ? libraryFileFrom(row, blog) : null;
}

/** Files of the blog's library, newest first. Empty when `after` is unknown. */
export async function findFiles(scope: Scope, filter: FileFilter = {}): Promise<readonly LibraryFile[]> {
  const blog = blogOf(scope);
  const where = ["m.blog_id = ?"];
  const values: Bindable[] = [blog.id];
  const add = (condition: string, ...more: Bindable[]) => {
    where.push(condition);
    values.push(...more);
  };
  if (filter.kind) add("m.type LIKE ?", `${filter.kind}/%`);
  if (filter.month) add("m.created_at >= ? AND m.created_at < ?", ...monthRange(filter.month, blog.timeZone));
  if (filter.isUnused) add("NOT EXISTS (SELECT 1 FROM media_uses u WHERE u.media_id = m.id)");
  if (filter.lacksAlt) add("m.lacks_alt = 1");
  if (filter.accountId) add("m.account_id = ?", filter.accountId);
  if (filter.name) add("LOWER(m.original_name) LIKE ? ESCAPE '!'", `%${filter.name.toLowerCase().replace(/[!%_]/g, "!$&")}%`);
  if (filter.text) add(...textMatch(scope.storage.dialect, ["m.original_name", "m.alt"], filter.text));
  if (filter.after && !isUlid(filter.after)) return [];
  if (filter.after) {
    const sql = "SELECT created_at FROM media WHERE blog_id = ? AND id = ?";
    const [last] = await scope.storage.query(sql, [blog.id, filter.after]);
    if (!last) return [];
    const at = String(last.created_at);
    add("m.created_at <= ? AND (m.created_at < ? OR m.id < ?)", at, at, filter.after);
  }
  const limit = Math.min(Math.max(filter.limit ?? 30, 1), 500);
  const rows = await scope.storage.query(
    `SELECT ${mediaColumns} FROM media m WHERE ${where.join(" AND ")} ORDER BY m.created_at DESC, m.id DESC LIMIT ${limit}`,
    values,
  );
  return rows.map((row) => libraryFileFrom(row, blog));
}

/** The files of the blog's library among these addresses (500 at most), each under the address it was asked by; one query. */
export async function filesByUrls(scope: Scope, urls: readonly string[]): Promise<ReadonlyMap<string, LibraryFile>> {
  const blog = blogOf(scope);
  const names = new Map<string, string>();
  for (const url of urls.slice(0, 500)) {
    const name = nameOf(url, blog);
    if (name !== null) names.set(url, name);
  }
  if (names.size === 0) return new Map();
  const wanted = [...new Set(names.values())];
  const sql = `SELECT ${mediaColumns} FROM media m WHERE m.name IN (${marks(wanted.length)}) AND m.blog_id = ?`;
  const rows = await scope.storage.query(sql, [...wanted, blog.id]);
  const files = new Map(rows.map((row) => [String(row.name), libraryFileFrom(row, blog)]));
  return new Map([...names].flatMap(([url, name]) => (files.has(name) ? [[url, files.get(name)!] as const] : [])));
}

// Pages name a file with its revision; a name that none of ours can have is not asked for.
function nameOf(url: string, blog: Blog): string | null {
  const bare = url.replace(/[?#].*$/s, "");
  const base = [`${blog.url}media/`, "/media/"].find((one) => bare.startsWith(one));
  const name = base === undefined ? "" : bare.slice(base.length);
  return /^[a-z0-9/.]{1,80}$/.test(name) ? name : null;
}

/** How many files a list passes over at most for apps that page by counting. */
export const mostFilesSkipped = 20_000;

/** The same beyond so many files, as apps count; walks there along the list. Empty beyond the end. */
export async function findFilesAt(scope: Scope, filter: FileFilter, skip: number): Promise<readonly LibraryFile[]> {
  if (skip > mostFilesSkipped) return [];
  let after = filter.after;
  for (let left = skip; left > 0;) {
    const size = Math.min(left, 500);
    const passed = await findFiles(scope, { ...filter, ...(after !== undefined && { after }), limit: size });
    if (passed.length < size) return [];
    after = passed.at(-1)!.id;
    left -= size;
  }
  return findFiles(scope, { ...filter, ...(after !== undefined && { after }) });
}

function monthRange(month: string, timeZone: string): [string, string] {
  const first = Temporal.PlainDate.from(`${month}-01`);
  const instant = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds).toISOString();
  return [instant(first), instant(first.add({ months: 1 }))];
}
