import type { Storage, Transaction } from "../storage/storage.ts";

// The database's own clock, the one that all processes share: on machines whose clocks differ by minutes, a change stamped
// by the slower one would look old to all the others, and be missed.
const nowOf = {
  sqlite: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
  mysql: "CONCAT(LEFT(DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')",
} as const;

/** Says that something shown changed, on a blog (its id), or everywhere ("site", "plugins"): page caches follow. */
export async function touch(db: Transaction, scope: string): Promise<void> {
  const now = nowOf[db.dialect];
  // One statement: asking first and adding then would let two that touch a new scope lock each other out on MySQL.
  const conflict = db.dialect === "sqlite" ? "ON CONFLICT (scope) DO UPDATE SET" : "ON DUPLICATE KEY UPDATE";
  const sql = `INSERT INTO versions (scope, number, changed_at) VALUES (?, 1, ${now}) ${conflict} number = number + 1, changed_at = ${now}`;
  await db.run(sql, [scope]);
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
