import { isUlid } from "rookery/plugin";
import { keptEntries } from "./bounds.ts";
import { marks } from "./ids.ts";
import type { Own } from "./settings.ts";

const handful = 500;

/** Removes all that is known of a blog: its items from everybody's lists, and that it was followed. */
export async function eraseBlog({ tables }: Own, blogId: string): Promise<void> {
  for (;;) {
    const rows = await tables.query<{ number: number }>(
      `SELECT number FROM p_timeline_items WHERE place_id = ? ORDER BY number LIMIT ${handful}`,
      [blogId],
    );
    if (rows.length === 0) break;
    await eraseItems(
      tables,
      rows.map(({ number }) => number),
    );
  }
  await tables.run("DELETE FROM p_timeline_follows WHERE source_id = ?", [blogId]);
  await tables.run("DELETE FROM p_timeline_sources WHERE id = ?", [blogId]);
}

/** Removes all that is known of somebody: what they said, read, followed, muted and marked. */
export async function eraseAccount({ tables }: Own, accountId: string): Promise<void> {
  for (;;) {
    const rows = await tables.query<{ number: number }>(
      `SELECT number FROM p_timeline_items WHERE source_id = ? ORDER BY number LIMIT ${handful}`,
      [accountId],
    );
    if (rows.length === 0) break;
    await eraseItems(
      tables,
      rows.map(({ number }) => number),
    );
  }
  for (const table of ["entries", "mentions", "follows", "mutes", "markers", "choices", "lists"])
    await tables.run(`DELETE FROM p_timeline_${table} WHERE account_id = ?`, [accountId]);
  await tables.run("DELETE FROM p_timeline_follows WHERE source_id = ?", [accountId]);
  await tables.run("DELETE FROM p_timeline_sources WHERE id = ?", [accountId]);
}

// Entries that lead to an item there is none of any more show nothing, and go with the upkeep of their timeline.
async function eraseItems(tables: Own["tables"], numbers: readonly number[]): Promise<void> {
  await tables.run(`DELETE FROM p_timeline_items WHERE number IN (${marks(numbers.length)})`, numbers);
}

/** Erases who left for good, ends mutes that are over, and keeps each timeline to its newest 5,000. */
export async function upkeep(context: Own): Promise<void> {
  const { tables, clock } = context;
  await tables.run("DELETE FROM p_timeline_mutes WHERE until_at IS NOT NULL AND until_at <= ?", [clock.now().toISOString()]);
  const away = await tables.query<{ id: string }>("SELECT id FROM p_timeline_sources WHERE kind = 'person' AND state = 'away'");
  for (const { id } of away) if (!(await context.accounts.byId(id))) await eraseAccount(context, id);
  for (let after = ""; ;) {
    context.signal.throwIfAborted();
    const [next] = await tables.query<{ account_id: string }>(
      "SELECT account_id FROM p_timeline_entries WHERE account_id > ? ORDER BY account_id LIMIT 1",
      [after],
    );
    if (!next || !isUlid(next.account_id)) return;
    after = next.account_id;
    await trim(context, after);
  }
}

async function trim({ tables }: Own, accountId: string): Promise<void> {
  const kept = await tables.query<{ at: string; number: number }>(
    `SELECT at, number FROM p_timeline_entries WHERE account_id = ? ORDER BY at DESC, number DESC LIMIT ${keptEntries}`,
    [accountId],
  );
  const last = kept.at(-1);
  if (kept.length === keptEntries && last)
    await tables.run("DELETE FROM p_timeline_entries WHERE account_id = ? AND (at < ? OR (at = ? AND number < ?))", [
      accountId,
      last.at,
      last.at,
      last.number,
    ]);
  // Of items that were erased.
  for (let at = 0; at < kept.length; at += handful) {
    const some = kept.slice(at, at + handful).map(({ number }) => number);
    await tables.run(
      `DELETE FROM p_timeline_entries WHERE account_id = ? AND number IN (${marks(some.length)})
       AND NOT EXISTS (SELECT 1 FROM p_timeline_items i WHERE i.number = p_timeline_entries.number)`,
      [accountId, ...some],
    );
  }
  await tables.run(
    `DELETE FROM p_timeline_mentions WHERE account_id = ?
     AND NOT EXISTS (SELECT 1 FROM p_timeline_items i WHERE i.number = p_timeline_mentions.number)`,
    [accountId],
  );
}
