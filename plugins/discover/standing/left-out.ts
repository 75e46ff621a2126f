import { PublicError, isUlid, type Account, type Context } from "rookery/plugin";
import { note, type Actor } from "../log.ts";

/** Somebody whose posts are no candidates, because curators say so. */
export type LeftOut = { readonly accountId: string; readonly byId: string; readonly at: string; readonly reason: string };

/** Whether curators left somebody out. */
export async function isLeftOut({ tables }: Context, accountId: string): Promise<boolean> {
  return (await tables.query("SELECT at FROM p_discover_left_out WHERE account_id = ?", [accountId])).length > 0;
}

/** Those who are left out, going on after an account. */
export async function allLeftOut({ tables }: Context, after = ""): Promise<readonly LeftOut[]> {
  const rows = await tables.query<Record<"account_id" | "by_id" | "at" | "reason", string>>(
    "SELECT account_id, by_id, at, reason FROM p_discover_left_out WHERE account_id > ? ORDER BY account_id LIMIT 51",
    [isUlid(after) ? after : ""],
  );
  return rows.map(({ account_id: accountId, by_id: byId, at, reason }) => ({ accountId, byId, at, reason }));
}

/** Takes somebody's posts out of the candidates. What was picked before stays. */
export async function leaveOut(context: Context, by: Actor, author: Account, reason: string): Promise<void> {
  if (await isLeftOut(context, author.id)) return;
  await note(context, by, { action: "leave-out", subject: `@${author.username}`, aboutId: author.id, reason });
  const values = [author.id, by.id, context.clock.now().toISOString(), reason];
  // Two curators at once: one of them was first.
  await context.tables
    .run("INSERT INTO p_discover_left_out (account_id, blog_id, by_id, at, reason) VALUES (?, '', ?, ?, ?)", values)
    .catch(async (error: unknown) => {
      if (!(await isLeftOut(context, author.id))) throw error;
    });
}

/** Lets somebody among the candidates again. PublicError 404. */
export async function letIn(context: Context, by: Actor, accountId: string): Promise<void> {
  if (!isUlid(accountId) || !(await isLeftOut(context, accountId)))
    throw new PublicError("no-author", "There is nobody of this name here.", 404);
  const author = await context.accounts.byId(accountId);
  await note(context, by, { action: "let-in", subject: author ? `@${author.username}` : accountId, aboutId: accountId });
  await context.tables.run("DELETE FROM p_discover_left_out WHERE account_id = ?", [accountId]);
}
