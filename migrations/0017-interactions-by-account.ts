import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";

// A record of what was added, never changed again.
const byAccount = { name: "interactions_by_account", columnNames: ["account_id", "blog_id"] };

/** Where somebody here replied: their words go while they are suspended or have left. */
export class InteractionsByAccount1764000000017 implements MigrationInterface {
  readonly name = "InteractionsByAccount1764000000017";

  async up(runner: QueryRunner): Promise<void> {
    const table = await runner.getTable("interactions");
    if (!table?.indices.some(({ name }) => name === byAccount.name))
      await runner.createIndex("interactions", new TableIndex(byAccount));
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
