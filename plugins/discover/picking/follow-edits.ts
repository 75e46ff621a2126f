import type { Context, Post } from "rookery/plugin";
import { markOf } from "../reading/looker.ts";
import { pickOfItem } from "./picks.ts";
import { showDue } from "./show-due.ts";

/** A picked post that says something else now waits until a curator has read it; one that is as it was stands in its place again. */
export async function followEdit(context: Context, post: Post): Promise<void> {
  const pick = await pickOfItem(context, post.number);
  if (!pick) return;
  const isSame = markOf(post) === pick.mark;
  const to = pick.state === "shown" && !isSame ? "changed" : pick.state === "changed" && isSame ? "due" : null;
  if (to === null) return;
  await context.tables.run("UPDATE p_discover_picks SET state = ? WHERE id = ? AND state = ?", [to, pick.id, pick.state]);
  await showDue(context);
}
