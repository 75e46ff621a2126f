import type { MigrationInterface, QueryRunner } from "typeorm";
import { key, optional, ref, text, time, word, type TableShape } from "../core/storage/columns.ts";
import { createTables } from "../core/storage/migrate.ts";

// A record of how this table began, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "identities", columns: { id: key(), account_id: ref(), method: word(100), identity: text(), identity_hash: word(64), created_at: time(), used_at: optional(time()) }, indexes: [{ name: "identities_by_hash", columns: ["identity_hash", "method"], unique: true }, { name: "identities_by_account", columns: ["account_id"] }] },
];

/** Who people are elsewhere, for signing in. */
export class Identities1764000000015 implements MigrationInterface {
  readonly name = "Identities1764000000015";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
