import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";

// A record of what was added, never changed again.
const byRole = { name: "accounts_by_role", columnNames: ["role", "username"] };

/** Who moderates or curates is found without looking at everybody. */
export class PeopleByRole1764000000016 implements MigrationInterface {
  readonly name = "PeopleByRole1764000000016";

  async up(runner: QueryRunner): Promise<void> {
    const accounts = await runner.getTable("accounts");
    if (!accounts?.indices.some(({ name }) => name === byRole.name)) await runner.createIndex("accounts", new TableIndex(byRole));
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
