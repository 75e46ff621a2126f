import type { MigrationInterface, QueryRunner } from "typeorm";
import { flag, int, primary, text, time, word, type TableShape } from "../core/storage/columns.ts";
import { createTables } from "../core/storage/migrate.ts";

// A record of what was made, never changed again.
const tables: readonly TableShape[] = [
  {
    name: "plugin_shapes",
    columns: {
      plugin_id: primary(word(40)),
      step: int(),
      shape: text(),
      fingerprint: word(64),
      is_erased: flag(),
      updated_at: time(),
    },
  },
];

/** What the tables of each plugin are, so that a newer version of it can change them. */
export class PluginShapes1764000000018 implements MigrationInterface {
  readonly name = "PluginShapes1764000000018";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
