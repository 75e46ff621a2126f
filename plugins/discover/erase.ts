import { isUlid, ulid, type Context } from "rookery/plugin";
import { showDue } from "./picking/show-due.ts";

/** Shows what a crash left waiting, and removes what is kept of people who left for good. */
export async function upkeep(context: Context): Promise<void> {
  await showDue(context);
  // As long as the installation's own log is kept.
  const yearAgo = context.clock.now().getTime() - 365 * 86_400_000;
  await context.tables.run("DELETE FROM p_discover_log WHERE id < ?", [ulid(yearAgo)]);
  for (const [table, column] of kept) await eraseGone(context, table, column);
  await context.tables.run(leftFiled);
}

/** Removes all picks of a blog that is erased. */
export async function eraseBlog({ tables }: Context, blogId: string): Promise<void> {
  await tables.run("DELETE FROM p_discover_picks WHERE blog_id = ?", [blogId]);
  await tables.run("DELETE FROM p_discover_filed WHERE blog_id = ?", [blogId]);
}

/** Removes all that is kept of somebody; what they did as a curator stays in the log, as nobody's. */
export async function eraseAccount({ tables }: Context, accountId: string): Promise<void> {
  for (const [table, column] of kept) await tables.run(`DELETE FROM p_discover_${table} WHERE ${column} = ?`, [accountId]);
  await tables.run(leftFiled);
}

const leftFiled =
  "DELETE FROM p_discover_filed WHERE NOT EXISTS (SELECT 1 FROM p_discover_picks p WHERE p.id = p_discover_filed.pick_id)";

const kept = [
  ["picks", "author_id"],
  ["skips", "author_id"],
  ["left_out", "account_id"],
  ["opt_outs", "account_id"],
  ["log", "about_id"],
] as const;

// Along the index of the column: each person there is looked at once.
async function eraseGone({ tables, accounts, signal }: Context, table: string, column: string): Promise<void> {
  for (let after = ""; ;) {
    signal.throwIfAborted();
    const [row] = await tables.query<Record<string, string>>(
      `SELECT ${column} FROM p_discover_${table} WHERE ${column} > ? ORDER BY ${column} LIMIT 1`,
      [after],
    );
    const id = row?.[column];
    if (!id || !isUlid(id)) return;
    after = id;
    if (!(await accounts.byId(id))) await tables.run(`DELETE FROM p_discover_${table} WHERE ${column} = ?`, [id]);
  }
}
