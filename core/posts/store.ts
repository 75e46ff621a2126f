import { ulid } from "../ids.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post, Properties, Refusal } from "../hooks/values.ts";
import { noteUses } from "../media/uses.ts";
import { insert, marks, remove, update, upsert } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { resolveCategories, linkCategories } from "./categories.ts";
import { changedElsewhere, type Composed } from "./compose.ts";
import { countMonths } from "./months.ts";
import { giveNumbers } from "./numbers.ts";
import { pruneRevisions } from "./revisions.ts";
import { hashOf, pathFor } from "./permalink.ts";
import { rowOf, urlOf } from "./post.ts";

/** A post as it went into the database, and what was there before. */
export type Stored = { readonly post: Post; readonly before: Post | null };

/** Stores composed posts inside the caller's transaction; anything else in the list is passed by (null). */
export async function storePosts(
  scope: Scope,
  db: Transaction,
  entries: readonly object[],
  reason?: string,
): Promise<(Stored | Refusal | null)[]> {
  const composed = entries.map((entry) => ("post" in entry ? (entry as Composed) : null));
  const addressed = await giveAddresses(scope, db, composed);
  const categories = await resolveCategories(
    scope,
    db,
    addressed.map((entry) => entry?.categories ?? null),
  );
  const stored: (Stored | Refusal | null)[] = addressed.map((entry, at) =>
    entry ? { post: { ...entry.post, categories: categories[at] ?? entry.post.categories }, before: entry.before } : null,
  );
  const fresh = stored.filter((entry): entry is Stored => entry !== null && "post" in entry && entry.before === null);
  await insert(
    db,
    "posts",
    fresh.map(({ post }) => ({ ...rowOf(post, pathHashOf(post)), via: scope.via.slice(0, 100) })),
  );
  for (const [at, entry] of stored.entries()) {
    if (entry && "post" in entry && entry.before) stored[at] = await replace(scope, db, entry, entry.before);
  }
  const numbers = await giveNumbers(
    db,
    fresh.map(({ post }) => post),
  );
  for (const [at, entry] of stored.entries())
    if (entry && "post" in entry && entry.before === null)
      stored[at] = { ...entry, post: { ...entry.post, number: numbers.get(entry.post.id) ?? 0 } };
  const done = stored.filter((entry): entry is Stored => entry !== null && "post" in entry);
  await insert(
    db,
    "revisions",
    done.map((entry) => revisionOf(scope, entry, reason)),
  );
  for (const { post } of done) await pruneRevisions(db, post);
  await linkCategories(db, done);
  await countMonths(db, blogOf(scope), done);
  await noteUses(scope, db, done);
  return stored;
}

/** Changes a stored post; a refusal when somebody else stored another version meanwhile. */
async function replace(scope: Scope, db: Transaction, entry: Stored, before: Post): Promise<Stored | Refusal> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const sql = `SELECT properties FROM posts WHERE id = ? AND version = ?${lock}`;
  const [now] = await db.query<{ properties: string }>(sql, [before.id, before.version]);
  if (!now) return changedElsewhere;
  const post = { ...entry.post, properties: withQuietChanges(entry.post.properties, before.properties, now.properties) };
  const { id: _id, created_at: _made, deleted_at: _gone, ...row } = rowOf(post, pathHashOf(post));
  await update(db, "posts", row, { id: before.id, version: before.version });
  if (before.path !== "" && before.path !== post.path) await leaveRedirect(scope, db, before.path, post);
  return { ...entry, post };
}

// Some properties change without another version: where copies stand, the order of pages. What came since the edit was composed stays.
function withQuietChanges(wanted: Properties, before: Properties, stored: string): Properties {
  if (stored === JSON.stringify(before)) return wanted;
  const now = JSON.parse(stored) as Properties;
  const text = (from: Properties, name: string) => JSON.stringify(from[name]);
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const quiet = names.filter((name) => text(now, name) !== text(before, name) && text(wanted, name) === text(before, name));
  const kept = Object.entries(wanted).filter(([name]) => !quiet.includes(name));
  return Object.fromEntries([...kept, ...quiet.filter((name) => now[name] !== undefined).map((name) => [name, now[name]!])]);
}

async function leaveRedirect(scope: Scope, db: Transaction, from: string, post: Post): Promise<void> {
  const key = { blog_id: post.blogId, path_hash: hashOf(from) };
  await upsert(db, "redirects", { ...key, path: from, target: post.path, created_at: post.updatedAt }, Object.keys(key));
  await remove(db, "redirects", { blog_id: post.blogId, path_hash: hashOf(post.path) });
  await update(db, "redirects", { target: post.path }, { blog_id: blogOf(scope).id, target: from });
}

/** Gives every post a path nobody else on the blog has: `-2`, `-3`… is added to the slug as needed. */
async function giveAddresses(scope: Scope, db: Transaction, entries: readonly (Composed | null)[]): Promise<(Composed | null)[]> {
  const wanted = entries.flatMap((entry) =>
    entry && entry.post.path !== "" && entry.post.path !== entry.before?.path ? [entry.post.path] : [],
  );
  const taken = await takenPaths(scope, db, wanted);
  const out: (Composed | null)[] = [];
  for (const entry of entries) {
    if (!entry || entry.post.path === "" || entry.post.path === entry.before?.path) {
      out.push(entry);
      continue;
    }
    const path = await freePath(scope, db, entry.post, taken);
    taken.add(path);
    const slug = path.slice(path.lastIndexOf("/") + 1);
    out.push({
      ...entry,
      post: { ...entry.post, path, slug: path === entry.post.path ? entry.post.slug : slug, url: urlOf(blogOf(scope), path) },
    });
  }
  return out;
}

async function freePath(scope: Scope, db: Transaction, post: Post, taken: Set<string>): Promise<string> {
  if (!taken.has(post.path) && !isReserved(post.path)) return post.path;
  const named = (number: number) =>
    number < 50 ? `${post.path}-${number}` : `${post.path}-${post.id.slice(-8).toLowerCase()}${number}`;
  // Many at once, for each question is a way to the database and back; first a few, which mostly do.
  for (let [from, many] = [2, 4]; from < 1000; [from, many] = [from + many, 50]) {
    const wanted = Array.from({ length: many }, (_, at) => named(from + at)).filter((path) => !taken.has(path));
    const there = await takenPaths(scope, db, wanted);
    const free = wanted.find((path) => !there.has(path));
    if (free !== undefined) return free;
  }
  return pathFor(post.kind, post.id.toLowerCase(), new Date(post.publishedAt ?? post.createdAt), blogOf(scope).timeZone);
}

async function takenPaths(scope: Scope, db: Transaction, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  const sql = `SELECT path FROM posts WHERE blog_id = ? AND path_hash IN (${marks(paths.length)})`;
  const rows = await db.query<{ path: string }>(sql, [blogOf(scope).id, ...paths.map(hashOf)]);
  return new Set(rows.map((row) => row.path));
}

/** Whether the render door answers an address itself, so that a page of that name would never be seen. */
export function isReserved(path: string): boolean {
  return (
    /^\/(archive|categories|assets|media|healthz|readyz|metrics|\d{4}(\/\d{2})?)(\/|$)/.test(path) &&
    !/^\/\d{4}\/\d{2}\/\d{2}\/./.test(path)
  );
}

// Posts without an address still need a unique hash: their own id stands in.
function pathHashOf(post: Post): string {
  return hashOf(post.path === "" ? `draft ${post.id}` : post.path);
}

function revisionOf(scope: Scope, { post, before }: Stored, reason?: string) {
  return {
    id: ulid(scope.clock.now().getTime()),
    post_id: post.id,
    blog_id: post.blogId,
    version: post.version,
    reason: reason ?? (before?.status === "published" || post.status !== "published" ? (before ? "update" : "draft") : "publish"),
    title: post.title,
    format: post.format,
    source: post.source,
    properties: JSON.stringify(post.properties),
    account_id: scope.principal.accountId ?? post.authorId,
    via: scope.via,
    created_at: post.updatedAt,
    details: JSON.stringify({
      summary: post.summary,
      language: post.language,
      categories: post.categories.map((category) => category.name),
    }),
  };
}
