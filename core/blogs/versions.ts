import { stamp } from "../clock.ts";
import type { Storage, Transaction } from "../storage/storage.ts";

/** Says that something shown changed, on a blog (its id), or everywhere ("site", "plugins"): page caches follow. */
export async function touch(db: Transaction, scope: string, now: Date): Promise<void> {
  // One statement: asking first and adding then would let two that touch a new scope lock each other out on MySQL.
  const [conflict, given] =
    db.dialect === "sqlite"
      ? ["ON CONFLICT (scope) DO UPDATE SET", "excluded.changed_at"]
      : ["ON DUPLICATE KEY UPDATE", "VALUES(changed_at)"];
  await db.run(
    `INSERT INTO versions (scope, number, changed_at) VALUES (?, 1, ?) ${conflict} number = number + 1, changed_at = ${given}`,
    [scope, stamp(now)],
  );
}

/** What changed at or after a moment (an ISO stamp); readers remember the numbers they know and ask with some overlap. */
export async function changedSince(
  storage: Storage,
  moment: string,
): Promise<readonly { scope: string; number: number; changedAt: string }[]> {
  const rows = await storage.query(
    "SELECT scope, number, changed_at FROM versions WHERE changed_at >= ? ORDER BY changed_at LIMIT 10000",
    [moment],
  );
  return rows.map((row) => ({ scope: String(row.scope), number: Number(row.number), changedAt: String(row.changed_at) }));
}
