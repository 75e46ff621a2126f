import type { MigrationInterface, QueryRunner } from "typeorm";
import { TableIndex } from "typeorm";
import { double, flag, int, line, optional, primary, ref, text, time, word, type TableShape } from "../core/storage/columns.ts";
import { addColumn, createTables } from "../core/storage/migrate.ts";

// A record of how the tables began: one line a table, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "passkeys", columns: { id: primary(ref()), account_id: ref(), credential_hash: word(64), credential_id: text(), public_key: text(), counter: double(), transports: word(200), name: line(200), is_synced: flag(), created_at: time(), used_at: optional(time()) }, indexes: [{ name: "passkeys_by_credential", columns: ["credential_hash"], unique: true }, { name: "passkeys_by_account", columns: ["account_id"] }] },
  { name: "second_factors", columns: { account_id: primary(ref()), last_step: int(), created_at: time() } },
  { name: "recovery_codes", columns: { code_hash: primary(word(64)), account_id: ref(), created_at: time() }, indexes: [{ name: "recovery_codes_by_account", columns: ["account_id"] }] },
];

/** Passkeys, second factors and recovery codes; when a session last proved who it is; links found by whom they are for. */
export class SignIn1764000000002 implements MigrationInterface {
  readonly name = "SignIn1764000000002";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    await addColumn(runner, "sessions", { confirmed_at: optional(time()) });
    const links = await runner.getTable("one_time_links");
    if (links?.indices.some((index) => index.name === "one_time_links_by_subject")) return;
    const columnNames = ["subject", "purpose"];
    await runner.createIndex("one_time_links", new TableIndex({ name: "one_time_links_by_subject", columnNames }));
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
