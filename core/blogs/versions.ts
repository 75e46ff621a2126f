import { stamp } from "../clock.ts";
import { insert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";

/** Says that something shown changed, on a blog (its id), or everywhere ("site", "plugins"): page caches follow. */
export async function touch(db: Transaction, scope: string, now: Date): Promise<void> {
  const bump = () => db.run("UPDATE versions SET number = number + 1, changed_at = ? WHERE scope = ?", [stamp(now), scope]);
  if ((await bump()) > 0) return;
  await insert(db, "versions", [{ scope, number: 0, changed_at: stamp(now) }], { ignore: true });
  await bump();
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
