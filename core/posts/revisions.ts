import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post, Properties } from "../hooks/values.ts";
import type { Bindable, Row, Transaction } from "../storage/storage.ts";

/** How many revisions of a post are kept. */
export const keptRevisions = 100;

/** What a post was at one time. */
export type Revision = {
  readonly id: string;
  readonly postId: string;
  readonly version: number;
  readonly reason: string;
  readonly title: string;
  readonly format: Post["format"];
  readonly source: string;
  readonly properties: Properties;
  readonly accountId: string;
  /** The road it came by: `web`, `import`, an app's name. */
  readonly via: string;
  readonly createdAt: string;
  /** Null for revisions older than this was kept. */
  readonly details: { readonly summary: string; readonly language: string; readonly categories: readonly string[] } | null;
};

const columns = "id, post_id, version, reason, title, format, source, properties, account_id, via, created_at, details";

const newest = 2_147_483_647;

/** Revisions of a post, newest first; `before` goes on to older ones than that version. 30 unless told. */
export async function revisionsOf(
  scope: Scope,
  postId: string,
  page: { before?: number; limit?: number } = {},
): Promise<readonly Revision[]> {
  // An address may ask for any number, also an infinite one.
  const before = Math.max(0, Math.min(page.before ?? newest, newest));
  const values: Bindable[] = [postId, blogOf(scope).id, before];
  const limit = Math.min(page.limit ?? 30, 100);
  const sql = `SELECT ${columns} FROM revisions WHERE post_id = ? AND blog_id = ? AND version < ? ORDER BY version DESC LIMIT ${limit}`;
  return (await scope.storage.query(sql, values)).map(revisionFrom);
}

/** One revision of a post; null when there is none (any more). */
export async function revisionOf(scope: Scope, postId: string, version: number): Promise<Revision | null> {
  const found = await revisionsOf(scope, postId, { before: version + 1, limit: 1 });
  return found[0]?.version === version ? found[0] : null;
}

/** Lets the oldest revisions of a post go, in the transaction that stored a new one. */
export async function pruneRevisions(db: Transaction, { id, version }: Pick<Post, "id" | "version">): Promise<void> {
  if (version <= keptRevisions) return;
  const sql = `SELECT version FROM revisions WHERE post_id = ? ORDER BY version DESC LIMIT ${keptRevisions + 1}`;
  const newest = await db.query<{ version: number }>(sql, [id]);
  const first = newest[keptRevisions];
  if (first) await db.run("DELETE FROM revisions WHERE post_id = ? AND version <= ?", [id, first.version]);
}

function revisionFrom(row: Row): Revision {
  return {
    id: String(row.id),
    postId: String(row.post_id),
    version: Number(row.version),
    reason: String(row.reason),
    title: String(row.title),
    format: row.format as Post["format"],
    source: String(row.source),
    properties: JSON.parse(String(row.properties)) as Properties,
    accountId: String(row.account_id),
    via: String(row.via),
    createdAt: String(row.created_at),
    details: row.details === null ? null : (JSON.parse(String(row.details)) as Revision["details"]),
  };
}
