import type { MigrationInterface, QueryRunner } from "typeorm";
import { line, optional, primary, ref, time, word, type TableShape } from "../core/storage/columns.ts";
import { addColumn, createTables } from "../core/storage/migrate.ts";

// A record of how these tables began: one line a table, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "refresh_tokens", columns: { token_hash: primary(word(64)), token_id: ref(), account_id: ref(), created_at: time(), used_at: optional(time()), expires_at: time() }, indexes: [{ name: "refresh_tokens_by_token", columns: ["token_id"] }, { name: "refresh_tokens_by_account", columns: ["account_id"] }, { name: "refresh_tokens_by_expiry", columns: ["expires_at"] }] },
];

/** Tokens by which apps renew their keys. */
export class RefreshTokens1764000000011 implements MigrationInterface {
  readonly name = "RefreshTokens1764000000011";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    await addColumn(runner, "app_tokens", { narrowed_scope: optional(line(500)) });
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
