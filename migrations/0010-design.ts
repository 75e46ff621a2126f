import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";
import { int, optional, primary, ref, text, time, word, type TableShape } from "../core/storage/columns.ts";
import { addColumn, createTables } from "../core/storage/migrate.ts";

// A record of how these tables began: one line a table, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "template_saves", columns: { blog_id: primary(ref()), theme: primary(word(40)), template: primary(word(120)), number: primary(int()), source: text(), account_id: ref(), created_at: time() } },
  { name: "design_states", columns: { id: primary(ref()), blog_id: ref(), theme: word(40), design: text(), account_id: ref(), created_at: time() }, indexes: [{ name: "design_states_by_blog", columns: ["blog_id", "created_at", "id"] }] },
  { name: "theme_troubles", columns: { blog_id: primary(ref()), template: primary(word(180)), line: int(), message: text(), is_own: int(0), failed_at: time(), told_at: optional(time()) }, indexes: [{ name: "theme_troubles_by_time", columns: ["failed_at"] }] },
];

const byWriter = { name: "posts_by_writer", columnNames: ["blog_id", "author_id", "is_listed", "published_at", "id"] };

/** Every save of a blog's own templates, the looks it had, which templates failed; lists of one author's posts. */
export class Design1764000000010 implements MigrationInterface {
  readonly name = "Design1764000000010";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    await addColumn(runner, "theme_overrides", {
      original: optional(text()),
      draft: optional(text()),
      draft_version: optional(int()),
    });
    const posts = await runner.getTable("posts");
    if (!posts?.indices.some(({ name }) => name === byWriter.name)) await runner.createIndex("posts", new TableIndex(byWriter));
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
