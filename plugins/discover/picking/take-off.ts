import { PublicError, type Context } from "rookery/plugin";
import type { Actor } from "../log.ts";
import { Looker } from "../reading/looker.ts";
import { drop } from "./change.ts";
import { pickById } from "./picks.ts";
import { skip } from "./skip.ts";

/** An author takes a post of their own off Discover; it is no candidate any more. PublicError 404. */
export async function undoOwn(context: Context, by: Actor, id: string): Promise<void> {
  const pick = await pickById(context, id);
  if (pick?.authorId !== by.id) throw new PublicError("no-pick", "This pick is not there any more.", 404);
  const placed = await new Looker(context).picked(pick);
  await skip(context, by, { number: pick.item, url: placed?.post.url ?? "", authorId: by.id }, "take-off");
  await drop(context, pick);
}
