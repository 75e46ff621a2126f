import type { Context } from "rookery/plugin";
import { note, type Actor } from "../log.ts";

/** Whether somebody does not want to be picked. */
export async function isOptedOut({ tables }: Context, accountId: string): Promise<boolean> {
  return (await tables.query("SELECT at FROM p_discover_opt_outs WHERE account_id = ?", [accountId])).length > 0;
}

/** Keeps somebody's posts out of Discover from now on, or ends that; what was picked before is hidden meanwhile. */
export async function setOptOut(context: Context, by: Actor, isOut: boolean): Promise<void> {
  const { tables, clock } = context;
  if ((await isOptedOut(context, by.id)) === isOut) return;
  await note(context, by, { action: isOut ? "opt-out" : "opt-in", subject: `@${by.username}`, aboutId: by.id });
  if (!isOut) return void (await tables.run("DELETE FROM p_discover_opt_outs WHERE account_id = ?", [by.id]));
  const insert = "INSERT INTO p_discover_opt_outs (account_id, blog_id, at) VALUES (?, '', ?)";
  await tables.run(insert, [by.id, clock.now().toISOString()]).catch(async (error: unknown) => {
    // Two at once: one of them was first.
    if (!(await isOptedOut(context, by.id))) throw error;
  });
}
