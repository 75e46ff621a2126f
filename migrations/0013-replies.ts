import type { MigrationInterface, QueryRunner } from "typeorm";
import { authorHash, hostOf } from "../core/interactions/who.ts";
import { key, line, optional, ref, text, time, word, type TableShape } from "../core/storage/columns.ts";
import { addColumns, createTables } from "../core/storage/migrate.ts";

// A record of what was added, never changed again.
// prettier-ignore
const blocks: TableShape = {
  name: "interaction_blocks",
  columns: { id: key(), blog_id: ref(), kind: word(16), value: text(), value_hash: word(64), label: line(200), created_at: time() },
  indexes: [{ name: "interaction_blocks_by_value", columns: ["blog_id", "value_hash"], unique: true }, { name: "interaction_blocks_by_blog", columns: ["blog_id", "id"] }],
};
// prettier-ignore
const added: TableShape = {
  name: "interactions",
  columns: { author_hash: optional(word(64)), source_host: optional(word(255)) },
  indexes: [
    { name: "interactions_by_arrival", columns: ["blog_id", "received_at", "id"] },
    { name: "interactions_by_author", columns: ["blog_id", "author_hash", "state"] },
    { name: "interactions_by_state", columns: ["state", "updated_at"] },
  ],
};

/** Who is known on a blog, and whom it blocks. */
export class Replies1764000000013 implements MigrationInterface {
  readonly name = "Replies1764000000013";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, [blocks]);
    await addColumns(runner, added);
    for (let after = ""; ;) {
      const sql =
        "SELECT id, author_name, author_url, account_id, source_url FROM interactions WHERE id > ? ORDER BY id LIMIT 500";
      const rows = (await runner.query(sql, [after])) as Record<string, string | null>[];
      for (const row of rows) {
        const author = { name: String(row.author_name), url: String(row.author_url), photo: "" };
        const told = { author, accountId: row.account_id ?? null, sourceUrl: String(row.source_url) };
        const values = [authorHash(told), hostOf(told.sourceUrl), String(row.id)];
        await runner.query("UPDATE interactions SET author_hash = ?, source_host = ? WHERE id = ?", values);
      }
      if (rows.length === 0) return;
      after = String(rows.at(-1)!.id);
    }
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
