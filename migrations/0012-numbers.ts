import type { MigrationInterface, QueryRunner } from "typeorm";
import { ref, serial, type TableShape } from "../core/storage/columns.ts";
import { createTables } from "../core/storage/migrate.ts";

// A record of how these tables began: one line a table, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "numbers", columns: { number: serial(), subject_id: ref(), blog_id: ref() }, indexes: [{ name: "numbers_by_subject", columns: ["subject_id"], unique: true }, { name: "numbers_by_blog", columns: ["blog_id"] }] },
];

/** Whole numbers for posts and interactions, which apps name them by. Those that are there get theirs in the order they came. */
export class Numbers1764000000012 implements MigrationInterface {
  readonly name = "Numbers1764000000012";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    for (const table of ["posts", "interactions"]) await number(runner, table);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}

// In steps, so that no statement holds a large installation up; cut off half-way, it goes over what has a number.
async function number(runner: QueryRunner, table: string): Promise<void> {
  for (let after = ""; ;) {
    const sql = `SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT 1000`;
    const rows = (await runner.query(sql, [after])) as { id: string }[];
    const last = rows.at(-1)?.id;
    if (last === undefined) return;
    await runner.query(
      `INSERT INTO numbers (subject_id, blog_id) SELECT s.id, s.blog_id FROM ${table} s WHERE s.id > ? AND s.id <= ?
       AND NOT EXISTS (SELECT 1 FROM numbers n WHERE n.subject_id = s.id) ORDER BY s.id`,
      [after, last],
    );
    after = last;
  }
}
