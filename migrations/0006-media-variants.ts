import type { MigrationInterface, QueryRunner } from "typeorm";
import { double, flag, int, line, optional, primary, ref, type TableShape } from "../core/storage/columns.ts";
import { addColumns, createTables } from "../core/storage/migrate.ts";
import { stamp, systemClock } from "../core/clock.ts";
import { ulid } from "../core/ids.ts";

// A record of what was added, never changed again.
const uses: TableShape = {
  name: "media_uses",
  columns: { media_id: primary(ref()), post_id: primary(ref()), blog_id: ref() },
  indexes: [{ name: "media_uses_by_post", columns: ["post_id"] }],
};

const totals: TableShape = {
  name: "media_totals",
  columns: { blog_id: primary(ref()), files: int(), bytes: double() },
};

const added: TableShape = {
  name: "media",
  columns: {
    caption: optional(line(1000)),
    is_decorative: { ...flag(), default: 0 },
    lacks_alt: { ...flag(), default: 0 },
    revision: int(1),
  },
  indexes: [{ name: "media_undescribed", columns: ["blog_id", "lacks_alt", "id"] }],
};

/** Captions, decorative pictures, replaced files, and which post shows which file; a job fills in what is there already. */
export class MediaVariants1764000000006 implements MigrationInterface {
  readonly name = "MediaVariants1764000000006";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, [uses, totals]);
    await addColumns(runner, added);
    const [first] = (await runner.query("SELECT id FROM media LIMIT 1")) as { id: string }[];
    if (!first) return;
    await runner.query("UPDATE media SET lacks_alt = 1 WHERE alt = '' AND type LIKE 'image/%'");
    await runner.query("DELETE FROM media_totals");
    await runner.query(
      "INSERT INTO media_totals (blog_id, files, bytes) SELECT blog_id, COUNT(*), SUM(bytes) FROM media GROUP BY blog_id",
    );
    const now = stamp(systemClock.now());
    await runner.query(
      "INSERT INTO jobs (id, plugin_id, name, blog_id, data, key_hash, own_key, state, attempts, max_attempts, run_at, lease, held_until, last_error) " +
        "VALUES (?, 'core', 'media-catch-up', NULL, ?, NULL, NULL, 'waiting', 0, 6, ?, NULL, NULL, '')",
      [ulid(), JSON.stringify({ step: "files", after: "" }), now],
    );
  }

  async down(): Promise<void> {
    throw new Error("Migrations only go forward; restore the backup from before the upgrade instead.");
  }
}
