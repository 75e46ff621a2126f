import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";
import { flag, int, line, optional, primary, ref, text, time, word, type TableShape } from "../core/storage/columns.ts";
import { createTables } from "../core/storage/migrate.ts";

// A record of how these tables began: one line a table, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "category_filters", columns: { category_id: primary(ref()), blog_id: ref(), match_all: flag(), conditions: text(), updated_at: time() }, indexes: [{ name: "category_filters_by_blog", columns: ["blog_id"] }] },
  { name: "category_runs", columns: { id: primary(ref()), blog_id: ref(), category_id: ref(), account_id: ref(), match_all: flag(), conditions: text(), state: word(16), last_at: optional(time()), last_id: optional(ref()), seen: int(), changed: int(), total: int(), created_at: time(), finished_at: optional(time()) }, indexes: [{ name: "category_runs_by_category", columns: ["category_id", "id"] }] },
  { name: "own_redirects", columns: { id: primary(ref()), blog_id: ref(), path_hash: word(64), path: line(700), target: text(), status: int(), account_id: ref(), created_at: time() }, indexes: [{ name: "own_redirects_by_path", columns: ["blog_id", "path_hash"], unique: true }, { name: "own_redirects_by_blog", columns: ["blog_id", "id"] }] },
  { name: "domain_checks", columns: { host: primary(word(253)), blog_id: ref(), checked_at: time(), is_proven: flag(), leads_here: flag(), found: text(), failing_since: optional(time()) }, indexes: [{ name: "domain_checks_by_blog", columns: ["blog_id"] }, { name: "domain_checks_failing", columns: ["failing_since"] }] },
];

const redirectsByTime = { name: "redirects_by_time", columnNames: ["blog_id", "created_at", "path_hash"] };

/** Filters of categories, redirects that people make, what was found about domains. */
export class Sites1764000000008 implements MigrationInterface {
  readonly name = "Sites1764000000008";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    const redirects = await runner.getTable("redirects");
    const isThere = redirects?.indices.some((index) => index.name === redirectsByTime.name);
    if (!isThere) await runner.createIndex("redirects", new TableIndex(redirectsByTime));
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
