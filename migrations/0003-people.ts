import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";
import { double, flag, line, optional, primary, ref, text, time, word, type TableShape } from "../core/storage/columns.ts";
import { createTables } from "../core/storage/migrate.ts";

// A record of how the tables began: one line a table, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "sign_ups", columns: { id: primary(ref()), username: line(64), email: optional(line(254)), data: text(), invitation_id: optional(ref()), created_at: time() }, indexes: [{ name: "sign_ups_by_username", columns: ["username"], unique: true }, { name: "sign_ups_by_email", columns: ["email"], unique: true }] },
  { name: "invitations", columns: { id: primary(ref()), token_hash: word(64), blog_id: optional(ref()), role: word(16), email: optional(line(254)), is_mailed: flag(), account_id: ref(), state: word(16), used_by: optional(ref()), used_at: optional(time()), created_at: time(), expires_at: time() }, indexes: [{ name: "invitations_by_token", columns: ["token_hash"], unique: true }, { name: "invitations_by_blog", columns: ["blog_id", "state", "id"] }, { name: "invitations_by_account", columns: ["account_id", "state", "id"] }] },
  { name: "standings", columns: { kind: primary(word(8)), subject_id: primary(ref()), reason: text(), account_id: optional(ref()), cause_id: optional(ref()), options: text(), changed_at: time(), erase_at: optional(time()) }, indexes: [{ name: "standings_by_cause", columns: ["cause_id"] }] },
  { name: "data_exports", columns: { id: primary(ref()), account_id: ref(), blog_id: optional(ref()), state: word(16), file: word(80), bytes: double(), created_at: time(), ready_at: optional(time()), expires_at: time() }, indexes: [{ name: "data_exports_by_account", columns: ["account_id", "id"] }, { name: "data_exports_by_expiry", columns: ["expires_at"] }] },
];

const indexes: readonly (readonly [table: string, name: string, columns: readonly string[]])[] = [
  ["audit_log", "audit_log_by_action", ["action", "id"]],
  ["audit_log", "audit_log_by_time", ["at"]],
  ["media", "media_bytes_by_blog", ["blog_id", "bytes"]],
];

/** Sign-ups that wait, invitations, suspensions and deletions, exports; indexes for the log's filters and for storage used. */
export class People1764000000003 implements MigrationInterface {
  readonly name = "People1764000000003";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    for (const [table, name, columns] of indexes) {
      const known = await runner.getTable(table);
      if (known?.indices.some((index) => index.name === name)) continue;
      await runner.createIndex(table, new TableIndex({ name, columnNames: [...columns] }));
    }
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
