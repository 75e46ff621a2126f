import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { ulid } from "../../ids.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import { insert, marks } from "../../storage/rows.ts";
import type { Row, Transaction } from "../../storage/storage.ts";
import { monthsOf, postsByIds } from "../read.ts";
import { matches, type CategoryFilter } from "./category-filter.ts";
import { filterOf } from "./stored-filters.ts";

/** A filter at work on the posts that are there; `changed` counts those that came into the category. */
export type FilterRun = {
  readonly id: string;
  readonly categoryId: string;
  readonly state: "waiting" | "running" | "done" | "cancelled";
  readonly seen: number;
  readonly changed: number;
  readonly total: number;
  readonly createdAt: string;
  readonly finishedAt: string | null;
};

/** The name of the core's job that has a filter look at old posts. */
export const filterJob = "apply-category-filter";

const handful = 200;
const columns = "id, category_id, state, seen, changed, total, created_at, finished_at";

/** Has a filter look at all listed posts, as a job. Gives the run; one that is under way already is given instead of a second. */
export async function startFilterRun(scope: Scope, categoryId: string): Promise<FilterRun> {
  const blog = blogOf(scope);
  const now = scope.clock.now();
  const total = (await monthsOf(scope)).reduce((sum, { count }) => sum + count, 0);
  return scope.storage.write(async (db) => {
    const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
    const sql = `SELECT match_all, conditions FROM category_filters WHERE category_id = ? AND blog_id = ?${lock}`;
    const [filter] = await db.query(sql, [categoryId, blog.id]);
    if (!filter) throw new PublicError("filter.none", "This category has no filter yet; give it one first.", 409);
    const running = `SELECT ${columns} FROM category_runs WHERE category_id = ? AND state IN ('waiting', 'running') LIMIT 1`;
    const [known] = await db.query(running, [categoryId]);
    if (known) return runFrom(known);
    const row = {
      id: ulid(now.getTime()),
      blog_id: blog.id,
      category_id: categoryId,
      account_id: scope.principal.accountId ?? blog.ownerId,
      match_all: Number(filter.match_all),
      conditions: String(filter.conditions),
      state: "waiting",
      last_at: null,
      last_id: null,
      seen: 0,
      changed: 0,
      total,
      created_at: stamp(now),
      finished_at: null,
    };
    await insert(db, "category_runs", [row]);
    await enqueue(db, { pluginId: "core", name: filterJob, blogId: blog.id, data: { runId: row.id }, runAt: now, key: row.id });
    return runFrom(row);
  });
}

/** The latest run of a category's filter; null when there was none. */
export async function latestFilterRun(scope: Scope, categoryId: string): Promise<FilterRun | null> {
  const sql = `SELECT ${columns} FROM category_runs WHERE category_id = ? AND blog_id = ? ORDER BY id DESC LIMIT 1`;
  const [row] = await scope.storage.query(sql, [categoryId, blogOf(scope).id]);
  return row ? runFrom(row) : null;
}

/** Stops a run; what it put into the category stays there. False when it was not under way. */
export async function cancelFilterRun(scope: Scope, categoryId: string): Promise<boolean> {
  const sql =
    "UPDATE category_runs SET state = 'cancelled', finished_at = ? WHERE category_id = ? AND blog_id = ? AND state IN ('waiting', 'running')";
  const values = [stamp(scope.clock.now()), categoryId, blogOf(scope).id];
  return (await scope.storage.write((db) => db.run(sql, values))) > 0;
}

/**
 * Works a run off, newest posts first, a handful in each transaction. Run again after a crash it goes on behind the last
 * handful; cancelled, it ends; told to stop by `signal`, it stays where it is.
 */
export async function runFilter(scope: Scope, runId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    if (signal.aborted) throw signal.reason;
    if (!(await nextHandful(scope, runId))) return;
  }
}

async function nextHandful(scope: Scope, runId: string): Promise<boolean> {
  const blog = blogOf(scope);
  const find = "SELECT category_id, match_all, conditions, last_at, last_id FROM category_runs WHERE id = ? AND blog_id = ?";
  const [run] = await scope.storage.query(`${find} AND state IN ('waiting', 'running')`, [runId, blog.id]);
  if (!run) return false;
  const places = await placesAfter(scope, run);
  const matching = await matchingOf(
    scope,
    filterOf(run),
    places.map(({ id }) => id),
  );
  const last = places.at(-1);
  const isLast = places.length < handful;
  return scope.storage.write(async (db) => {
    const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
    const still = `SELECT id FROM category_runs WHERE id = ? AND state IN ('waiting', 'running')${lock}`;
    if (!(await db.query(still, [runId]))[0]) return false;
    const changed = await putInto(db, String(run.category_id), [...matching]);
    const now = stamp(scope.clock.now());
    const sql =
      "UPDATE category_runs SET state = ?, seen = seen + ?, changed = changed + ?, last_at = ?, last_id = ?, finished_at = ? WHERE id = ?";
    const [state, finished] = isLast ? ["done", now] : ["running", null];
    const at = last?.at ?? (run.last_at as string | null);
    await db.run(sql, [state, places.length, changed, at, last?.id ?? (run.last_id as string | null), finished, runId]);
    if (changed > 0) await scope.touch(db, blog.id);
    return !isLast;
  });
}

// From the posts' own rows: what was unlisted or erased since it was read stays out.
async function putInto(db: Transaction, categoryId: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const verb = db.dialect === "sqlite" ? "INSERT OR IGNORE" : "INSERT IGNORE";
  return db.run(
    `${verb} INTO post_categories (post_id, category_id, blog_id, is_listed, published_at) ` +
      `SELECT id, ?, blog_id, is_listed, published_at FROM posts WHERE is_listed = 1 AND id IN (${marks(ids.length)})`,
    [categoryId, ...ids],
  );
}

async function placesAfter(scope: Scope, run: Row): Promise<{ id: string; at: string }[]> {
  const values = run.last_at === null ? [] : [String(run.last_at), String(run.last_at), String(run.last_id)];
  const beyond = run.last_at === null ? "" : "AND published_at <= ? AND (published_at < ? OR id < ?)";
  const sql = `SELECT id, published_at FROM posts WHERE blog_id = ? AND is_listed = 1 ${beyond} ORDER BY published_at DESC, id DESC LIMIT ${handful}`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id, ...values]);
  return rows.map((row) => ({ id: String(row.id), at: String(row.published_at) }));
}

async function matchingOf(scope: Scope, filter: CategoryFilter, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const posts = await postsByIds(scope, ids);
  return new Set(posts.filter((post) => post.isListed && matches(filter, post)).map(({ id }) => id));
}

function runFrom(row: Row): FilterRun {
  return {
    id: String(row.id),
    categoryId: String(row.category_id),
    state: row.state as FilterRun["state"],
    seen: Number(row.seen),
    changed: Number(row.changed),
    total: Number(row.total),
    createdAt: String(row.created_at),
    finishedAt: row.finished_at as string | null,
  };
}
