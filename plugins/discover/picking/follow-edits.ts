import type { Context, Post } from "rookery/plugin";
import { markOf } from "../reading/mark.ts";
import { hideChanged } from "./hide-changed.ts";
import { pickOfItem } from "./picks.ts";
import { showDue } from "./show-due.ts";

/** A picked post that says something else now waits until a curator has read it; one that is as it was stands in its place again. */
export async function followEdit(context: Context, post: Post): Promise<void> {
  const pick = await pickOfItem(context, post.number);
  if (!pick) return;
  const isSame = markOf(post) === pick.mark;
  if (pick.state === "shown" && !isSame) return hideChanged(context, pick);
  if (pick.state !== "changed" || !isSame) return;
  await context.tables.run("UPDATE p_discover_picks SET state = 'due' WHERE id = ? AND state = 'changed'", [pick.id]);
  await showDue(context);
}
