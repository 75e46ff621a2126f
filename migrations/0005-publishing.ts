import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";
import { int, line, optional, primary, ref, text, time, word, type TableShape } from "../core/storage/columns.ts";
import { addColumn, createTables } from "../core/storage/migrate.ts";

// A record of how the tables began: one line a table, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "post_targets", columns: { post_id: primary(ref()), plugin_id: primary(word(40)), target: primary(word(100)), blog_id: ref(), state: word(16), own_text: optional(text()), label: line(200), url: text(), copy: text(), reason: text(), attempts: int(), updated_at: time() }, indexes: [{ name: "post_targets_by_state", columns: ["blog_id", "state", "updated_at"] }] },
  { name: "previews", columns: { token_hash: primary(word(64)), blog_id: ref(), account_id: ref(), place_hash: word(64), data: text(), expires_at: time() }, indexes: [{ name: "previews_by_place", columns: ["place_hash"], unique: true }, { name: "previews_by_expiry", columns: ["expires_at"] }] },
];

const indexes: readonly (readonly [table: string, name: string, columns: readonly string[]])[] = [
  ["posts", "posts_by_date", ["blog_id", "status", "published_at", "id"]],
  ["post_categories", "post_categories_by_date", ["category_id", "published_at", "post_id"]],
];

/** Copies elsewhere, previews; which road a post came by, what it was before the trash; the rest of what a revision was. */
export class Publishing1764000000005 implements MigrationInterface {
  readonly name = "Publishing1764000000005";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    await addColumn(runner, "posts", { via: optional(line(100)), trashed_from: optional(word(16)) });
    await addColumn(runner, "revisions", { details: optional(text()) });
    for (const [table, name, columns] of indexes) {
      const known = await runner.getTable(table);
      if (known?.indices.some((index) => index.name === name)) continue;
      await runner.createIndex(table, new TableIndex({ name, columnNames: [...columns] }));
    }
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
