import type { MigrationInterface, QueryRunner } from "typeorm";
import { coreTables } from "../core/schema.ts";
import { createTables } from "../core/storage/migrate.ts";

export class FirstTables1764000000001 implements MigrationInterface {
  readonly name = "FirstTables1764000000001";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, coreTables);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
