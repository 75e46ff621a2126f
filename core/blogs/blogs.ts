import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import type { Blog, Properties } from "../hooks/values.ts";
import { ulid } from "../ids.ts";
import { installationFacts } from "../installation/facts.ts";
import { nameProblem } from "../people/names.ts";
import { isLanguage, isTimeZone } from "../people/zones.ts";
import { insert, update } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { blogColumns, blogFrom, defaultHost, type Hub } from "./blog.ts";
import { hostFromAddress } from "./host-names.ts";
import { grant } from "./memberships.ts";
import { touch } from "./versions.ts";

/** What a new blog is made of; its host is `NAME.<hub host>`. */
export type NewBlog = {
  readonly name: string;
  readonly ownerId: string;
  readonly title?: string;
  readonly description?: string;
  readonly language?: string;
  readonly timeZone?: string;
  readonly theme?: string;
};

/** What owners change; what is left out stays, settings are merged name by name (null removes one). */
export type BlogChange = {
  readonly title?: string;
  readonly description?: string;
  readonly language?: string;
  readonly timeZone?: string;
  readonly theme?: string;
  readonly settings?: Properties;
};

/** Makes a blog, its host and its owner's membership. PublicError 422 for a name that cannot be, 409 for one that is taken. */
export async function makeBlogWithOwner(db: Transaction, wanted: NewBlog, hub: Hub, now: Date): Promise<Blog> {
  const problem = nameProblem(wanted.name);
  if (problem) throw new PublicError("blog.name", problem, 422, { name: wanted.name });
  const host = defaultHost(wanted.name, hub);
  const usual = await installationFacts(db);
  const row = {
    id: ulid(now.getTime()),
    host,
    title: (wanted.title ?? "").trim().slice(0, 200) || wanted.name,
    description: (wanted.description ?? "").trim().slice(0, 2000),
    language: isLanguage(wanted.language) ? wanted.language : usual.language,
    time_zone: isTimeZone(wanted.timeZone) ? wanted.timeZone : usual.timeZone,
    theme: wanted.theme ?? usual.theme,
    owner_id: wanted.ownerId,
    state: "active",
    settings: "{}",
    created_at: stamp(now),
    updated_at: stamp(now),
  };
  const place = { host, blog_id: row.id, state: "active", is_main: true, token: "", created_at: stamp(now) };
  // The host is taken first: its key is what two who want the same name meet at.
  if ((await insert(db, "blog_hosts", [place], { ignore: true })) === 0)
    throw new PublicError("blog.host-taken", `There is a blog at ${host} already; choose another name.`, 409, { host });
  await insert(db, "blogs", [row]);
  await grant(db, { blogId: row.id, accountId: wanted.ownerId, role: "owner" }, now);
  await touch(db, row.id);
  return blogFrom(row, hub);
}

/** A blog by id, also a suspended one; null when there is none. */
export async function blogById(storage: Storage, id: string, hub: Hub): Promise<Blog | null> {
  const rows = await storage.query(`SELECT ${blogColumns} FROM blogs b WHERE b.id = ?`, [id]);
  return rows[0] ? blogFrom(rows[0], hub) : null;
}

/** The blog that answers on a host (lower case, no port): its main one, or another of its verified ones. */
export async function blogByHost(storage: Storage, host: string, hub: Hub): Promise<Blog | null> {
  const rows = await storage.query(
    `SELECT ${blogColumns} FROM blog_hosts h JOIN blogs b ON b.id = h.blog_id WHERE h.host = ? AND h.state = 'active' AND b.state = 'active'`,
    [host],
  );
  return rows[0] ? blogFrom(rows[0], hub) : null;
}

/** Why nothing is shown where a blog was. */
export type Gone = { readonly gone: "suspended" | "deleted" };

/** What a host leads to for readers: a blog, one that is off the air, or (null) none. */
export async function siteByHost(storage: Storage, host: string, hub: Hub): Promise<Blog | Gone | null> {
  const rows = await storage.query(
    `SELECT h.state AS host_state, b.state AS blog_state, ${blogColumns} FROM blog_hosts h LEFT JOIN blogs b ON b.id = h.blog_id WHERE h.host = ?`,
    [host],
  );
  const row = rows[0];
  if (!row) return null;
  if (row.host_state === "gone") return { gone: "deleted" };
  if (row.host_state !== "active" || row.id === null) return null;
  if (row.blog_state === "active") return blogFrom(row, hub);
  return { gone: row.blog_state === "deleted" ? "deleted" : "suspended" };
}

/** The blog people mean by `kim.localhost`, `kim.localhost:8080` or `http://kim.localhost:8080/about`; null when there is none. */
export async function findByAddress(storage: Storage, text: string, hub: Hub): Promise<Blog | null> {
  const host = hostFromAddress(text);
  return host === null ? null : blogByHost(storage, host, hub);
}

/** Blogs by host, going on after one; 30 unless told, at most 1000. */
export async function listBlogs(
  storage: Storage,
  hub: Hub,
  page: { after?: string; limit?: number } = {},
): Promise<readonly Blog[]> {
  const limit = Math.min(Math.max(page.limit ?? 30, 1), 1000);
  const sql = `SELECT ${blogColumns} FROM blogs b WHERE b.state = 'active' AND b.host > ? ORDER BY b.host LIMIT ${limit}`;
  return (await storage.query(sql, [page.after ?? ""])).map((row) => blogFrom(row, hub));
}

/** Changes what a blog says about itself; its pages are made anew. PublicError 422 names what cannot be, 404 no blog. */
export async function changeBlog(db: Transaction, id: string, change: BlogChange, now: Date): Promise<void> {
  // Locked: of two who change one setting each, the second must begin from what the first stored.
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const rows = await db.query(`SELECT settings FROM blogs WHERE id = ?${lock}`, [id]);
  if (!rows[0]) throw new PublicError("blog.unknown", "There is no such blog.", 404);
  if (change.title !== undefined && change.title.trim() === "")
    throw new PublicError("blog.title", "Give the blog a title.", 422);
  if (change.language !== undefined && !isLanguage(change.language))
    throw new PublicError("blog.language", "This is not a language tag; it looks like en or pt-BR.", 422);
  if (change.timeZone !== undefined && !isTimeZone(change.timeZone))
    throw new PublicError("blog.time-zone", "This is not a time zone; it looks like Europe/Berlin.", 422);
  const settings = { ...(JSON.parse(String(rows[0].settings)) as Properties), ...change.settings };
  const set = {
    ...(change.title === undefined ? {} : { title: change.title.trim().slice(0, 200) }),
    ...(change.description === undefined ? {} : { description: change.description.trim().slice(0, 2000) }),
    ...(change.language === undefined ? {} : { language: change.language }),
    ...(change.timeZone === undefined ? {} : { time_zone: change.timeZone }),
    ...(change.theme === undefined ? {} : { theme: themeName(change.theme) }),
    settings: JSON.stringify(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))),
    updated_at: stamp(now),
  };
  await update(db, "blogs", set, { id });
  await touch(db, id);
}

function themeName(theme: string): string {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(theme)) throw new PublicError("blog.theme", `“${theme}” is no theme's id.`, 422, { theme });
  return theme;
}
