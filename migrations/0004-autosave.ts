import type { MigrationInterface, QueryRunner } from "typeorm";
import { flag, int, primary, ref, text, time, word, type TableShape } from "../core/storage/columns.ts";
import { createTables } from "../core/storage/migrate.ts";

// A record of how the table began: one line a table, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "post_edits", columns: { post_id: primary(ref()), account_id: primary(ref()), blog_id: ref(), base_version: int(), number: int(), page: word(64), fields: text(), is_discarded: flag(), saved_at: time() }, indexes: [{ name: "post_edits_discarded", columns: ["is_discarded", "saved_at"] }] },
];

/** What stands in somebody's composer beside a post: edits of a published one that readers do not see yet. */
export class Autosave1764000000004 implements MigrationInterface {
  readonly name = "Autosave1764000000004";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
