import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { ulid } from "../../ids.ts";
import { insert, remove } from "../../storage/rows.ts";
import type { Bindable, Row, Transaction } from "../../storage/storage.ts";
import { cleanPath, hashOf } from "../permalink.ts";
import { redirectFrom } from "../read.ts";
import type { Roads } from "./roads.ts";
import { pathOf, type CheckedRedirect } from "./redirect-target.ts";

/** An address of a blog that its people send elsewhere. */
export type OwnRedirect = CheckedRedirect & { readonly id: string; readonly createdAt: string };

/** How many redirects of its own a blog may have. */
export const mostRedirects = 20_000;
const mostSteps = 5;
const columns = "id, path, target, status, created_at";

/** Where a path leads, own redirects before those that moved posts left; null when nowhere. */
export async function leadingFrom(scope: Scope, path: string): Promise<{ target: string; status: 301 | 302 } | null> {
  const own = await ownFrom(scope, path);
  if (own) return own;
  const target = await redirectFrom(scope, path);
  return target === null ? null : { target, status: 301 };
}

/** The blog's own redirects, latest first, 30 a page, `after` an id; `search` finds a part of either address. */
export async function listRedirects(
  scope: Scope,
  page: { after?: string; search?: string } = {},
): Promise<{ redirects: readonly OwnRedirect[]; next: string | null }> {
  const where = ["blog_id = ?"];
  const values: Bindable[] = [blogOf(scope).id];
  if (page.after) {
    where.push("id < ?");
    values.push(page.after);
  }
  if (page.search) {
    const part = `%${page.search.replace(/[!%_]/g, "!$&")}%`;
    where.push("(path LIKE ? ESCAPE '!' OR target LIKE ? ESCAPE '!')");
    values.push(part, part);
  }
  const sql = `SELECT ${columns} FROM own_redirects WHERE ${where.join(" AND ")} ORDER BY id DESC LIMIT 31`;
  const rows = (await scope.storage.query(sql, values)).map(redirectOf);
  return { redirects: rows.slice(0, 30), next: rows.length > 30 ? rows[29]!.id : null };
}

/** The redirects that moved posts and renamed categories left, latest first, 30 a page; `after` is `next` of the page before. */
export async function listMoves(
  scope: Scope,
  after?: string,
): Promise<{ moves: readonly { path: string; target: string; createdAt: string }[]; next: string | null }> {
  const [at, hash] = after?.split(" ") ?? [];
  const beyond = at && hash ? "AND created_at <= ? AND (created_at < ? OR path_hash < ?)" : "";
  const values = at && hash ? [at, at, hash] : [];
  const rows = await scope.storage.query(
    `SELECT path, target, created_at, path_hash FROM redirects WHERE blog_id = ? ${beyond} ORDER BY created_at DESC, path_hash DESC LIMIT 31`,
    [blogOf(scope).id, ...values],
  );
  const shown = rows.slice(0, 30);
  const last = shown.at(-1);
  return {
    moves: shown.map((row) => ({ path: String(row.path), target: String(row.target), createdAt: String(row.created_at) })),
    next: rows.length > 30 && last ? `${String(last.created_at)} ${String(last.path_hash)}` : null,
  };
}

/** Why a checked redirect cannot be kept on this blog as it is now, beside those of `planned` that come before it. PublicError 409. */
export async function assertLeads(
  wanted: CheckedRedirect,
  roads: Roads,
  planned: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  if (planned.has(wanted.path) || (await roads.own(wanted.path)) !== null) throw taken(wanted.path);
  if (await roads.isPost(wanted.path))
    throw new PublicError("redirect.post", `There is a post or page at ${wanted.path}; readers would always see that.`, 409, {
      path: wanted.path,
    });
  let at = pathOf(wanted.target);
  for (let steps = 1; at !== null; steps++) {
    if (at === wanted.path)
      throw new PublicError("redirect.circle", "This would lead in a circle: the new address leads back to the old one.", 409);
    if (steps > mostSteps)
      throw new PublicError(
        "redirect.chain",
        `This would take more than ${mostSteps} steps; name the last address instead.`,
        409,
        {
          n: mostSteps,
        },
      );
    const next = (await roads.next(at)) ?? planned.get(at) ?? null;
    at = next === null ? null : pathOf(next);
  }
}

/** Keeps redirects; those whose path was taken meanwhile are passed by. Gives how many came in. PublicError 422 when there are too many. */
export async function keepRedirects(scope: Scope, db: Transaction, wanted: readonly CheckedRedirect[]): Promise<number> {
  const blog = blogOf(scope);
  const now = scope.clock.now();
  const few = `SELECT COUNT(*) AS n FROM (SELECT id FROM own_redirects WHERE blog_id = ? LIMIT ${mostRedirects}) few`;
  const [full] = await db.query(few, [blog.id]);
  if (Number(full?.n) + wanted.length > mostRedirects)
    throw new PublicError("redirect.too-many", `A blog takes ${mostRedirects} redirects at most.`, 422, { n: mostRedirects });
  const rows = wanted.map(({ path, target, status }) => ({
    id: ulid(now.getTime()),
    blog_id: blog.id,
    path_hash: hashOf(path),
    path,
    target,
    status,
    account_id: scope.principal.accountId ?? blog.ownerId,
    created_at: stamp(now),
  }));
  const count = await insert(db, "own_redirects", rows, { ignore: true });
  if (count > 0) await scope.touch(db, blog.id);
  return count;
}

/** Lets one go; gives what it was, or null when there is none. */
export async function dropRedirect(scope: Scope, db: Transaction, id: string): Promise<OwnRedirect | null> {
  const [row] = await db.query(`SELECT ${columns} FROM own_redirects WHERE blog_id = ? AND id = ?`, [blogOf(scope).id, id]);
  if (!row) return null;
  await remove(db, "own_redirects", { blog_id: blogOf(scope).id, id });
  await scope.touch(db, blogOf(scope).id);
  return redirectOf(row);
}

const taken = (path: string) =>
  new PublicError("redirect.taken", `${path} leads somewhere already; delete that redirect first.`, 409, { path });

async function ownFrom(scope: Scope, path: string): Promise<{ target: string; status: 301 | 302 } | null> {
  const clean = cleanPath(path);
  if (clean === null) return null;
  const sql = "SELECT target, status FROM own_redirects WHERE blog_id = ? AND path_hash = ?";
  const [row] = await scope.storage.query(sql, [blogOf(scope).id, hashOf(clean)]);
  return row ? { target: String(row.target), status: Number(row.status) as 301 | 302 } : null;
}

function redirectOf(row: Row): OwnRedirect {
  return {
    id: String(row.id),
    path: String(row.path),
    target: String(row.target),
    status: Number(row.status) as 301 | 302,
    createdAt: String(row.created_at),
  };
}
