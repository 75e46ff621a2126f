import type { MigrationInterface, QueryRunner } from "typeorm";
import { optional, text, type TableShape } from "../core/storage/columns.ts";
import { addColumns } from "../core/storage/migrate.ts";

// A record of what was added, never changed again.
const added: TableShape = { name: "media", columns: { facts: optional(text()) } };

/** What a camera wrote of a picture, where a blog keeps it. */
export class PictureFacts1764000000014 implements MigrationInterface {
  readonly name = "PictureFacts1764000000014";

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, added);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
