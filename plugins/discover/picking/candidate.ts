import { PublicError, type Context } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import { Looker, type Placed } from "../reading/looker.ts";
import { askTimeline } from "../timeline.ts";

/** A post that could be picked: as the timeline has it, and as it stands on its blog. */
export type Candidate = Placed & { readonly item: Item };

/** The post with a number, if it could be picked at all. PublicError 404 or 409 says why not. */
export async function candidateOf(context: Context, number: number, looker = new Looker(context)): Promise<Candidate> {
  const item = await askTimeline(context, (store) => store.item(null, number));
  const placed = item && (await looker.of(item));
  if (!item || !placed) throw new PublicError("no-post", "There is no public post of this installation here.", 404);
  if (item.replyTo !== "") throw new PublicError("reply", "Replies are not picked: they belong to their conversation.", 409);
  const why = await looker.unfit(placed.post.authorId);
  if (why === "opted-out") throw new PublicError("opted-out", "The author does not want to be picked.", 409);
  if (why) throw new PublicError("unfit", "Posts of this author are not shown in Discover at the moment.", 409);
  return { item, ...placed };
}
