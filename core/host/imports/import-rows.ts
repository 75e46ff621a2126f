import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Row } from "../../storage/storage.ts";
import type { ImportProgress, ImportReport, ImportState } from "./report.ts";

/** What a person chose for an import. */
export type ImportOptions = {
  /** Only say what would come in. */
  readonly dryRun?: boolean;
  /** Everything as draft. */
  readonly drafts?: boolean;
  /** Fetch the pictures, sounds and films that posts show from the old site, once the posts are in. */
  readonly media?: boolean;
};

/** One run of an importer as it is stored. `report` is null until it ended once. */
export type Import = {
  readonly id: string;
  readonly blogId: string;
  readonly accountId: string;
  /** Id of the plugin that reads the file. */
  readonly kind: string;
  /** Path of the file. */
  readonly file: string;
  readonly options: ImportOptions;
  readonly state: ImportState;
  readonly progress: ImportProgress;
  readonly report: ImportReport | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
};

const columns = "id, blog_id, account_id, kind, file, options, state, progress, report, created_at, finished_at";

/** An import of the scope's blog; null when there is none of this id. */
export async function importById(scope: Scope, id: string): Promise<Import | null> {
  const sql = `SELECT ${columns} FROM imports WHERE blog_id = ? AND id = ?`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id, id]);
  return rows[0] ? importFrom(rows[0]) : null;
}

/** The scope in which an import writes: whoever runs it, what comes in is the importing person's. */
export function importScope(scope: Scope, one: Import): Scope {
  return { ...scope, via: "import", principal: { accountId: one.accountId, role: "member", scopes: null } };
}

/** The blog's imports, newest first, 50 at most. */
export async function listImports(scope: Scope): Promise<readonly Import[]> {
  const sql = `SELECT ${columns} FROM imports WHERE blog_id = ? ORDER BY created_at DESC, id DESC LIMIT 50`;
  return (await scope.storage.query(sql, [blogOf(scope).id])).map(importFrom);
}

function importFrom(row: Row): Import {
  return {
    id: String(row.id),
    blogId: String(row.blog_id),
    accountId: String(row.account_id),
    kind: String(row.kind),
    file: String(row.file),
    options: JSON.parse(String(row.options)) as ImportOptions,
    state: row.state as ImportState,
    progress: JSON.parse(String(row.progress)) as ImportProgress,
    report: row.report ? (JSON.parse(String(row.report)) as ImportReport) : null,
    createdAt: String(row.created_at),
    finishedAt: row.finished_at as string | null,
  };
}
