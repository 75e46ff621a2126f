import { PublicError, type Context } from "rookery/plugin";
import { note, type Action, type Actor } from "../log.ts";
import { Looker } from "../reading/looker.ts";
import { markOf, mustBeAsRead } from "../reading/mark.ts";
import { candidateOf } from "./candidate.ts";
import { appear } from "./pick.ts";
import { pickById, type Pick } from "./picks.ts";
import { checked, type PickWish } from "./wish.ts";

/** Takes a pick back; the post is a candidate again. */
export async function undo(context: Context, by: Actor, id: string, reason = ""): Promise<void> {
  const pick = await known(context, id);
  await written(context, by, pick, { action: "undo", reason });
  await drop(context, pick);
}

/** Removes a pick and what is filed of it. */
export async function drop({ tables }: Context, { id }: Pick): Promise<void> {
  await tables.run("DELETE FROM p_discover_picks WHERE id = ?", [id]);
  await tables.run("DELETE FROM p_discover_filed WHERE pick_id = ?", [id]);
}

/** A second curator stands in for a pick of the first one's own post. PublicError 403 for whoever may not. */
export async function second(context: Context, by: Actor, id: string, seen = ""): Promise<void> {
  const pick = await known(context, id);
  if (pick.state !== "second") return;
  mustBeAnother(by, pick);
  if (by.id === pick.pickedBy) throw own();
  const { post } = await candidateOf(context, pick.item);
  mustBeAsRead(post, seen);
  await written(context, by, pick, { action: "second" });
  const now = context.clock.now().toISOString();
  const showAt = pick.showAt > now ? pick.showAt : now;
  await context.tables.run(
    "UPDATE p_discover_picks SET state = 'due', seconded_by = ?, mark = ?, show_at = ? WHERE id = ? AND state = 'second'",
    [by.id, markOf(post), showAt, id],
  );
  await appear(context, { showAt });
}

/** Shows a post again that was changed since it was picked: the curator has read it. */
export async function confirm(context: Context, by: Actor, id: string, seen = ""): Promise<void> {
  const pick = await known(context, id);
  mustBeAnother(by, pick);
  const { post } = await candidateOf(context, pick.item);
  mustBeAsRead(post, seen);
  await written(context, by, pick, { action: "confirm" });
  await context.tables.run("UPDATE p_discover_picks SET state = 'due', mark = ? WHERE id = ? AND state IN ('changed', 'shown')", [
    markOf(post),
    id,
  ]);
  await appear(context, pick);
}

/** Changes topics, note and time of a pick; one that is shown keeps its place. */
export async function change(context: Context, by: Actor, id: string, wish: PickWish): Promise<void> {
  const pick = await known(context, id);
  // Nobody has agreed yet to what still waits for a second curator.
  if (pick.state !== "second") mustBeAnother(by, pick);
  const placed = await new Looker(context).picked(pick);
  if (!placed) throw new PublicError("no-post", "There is no public post of this installation here.", 404);
  const { topics, note: why, showAt: wanted } = await checked(context, wish, placed.post);
  await written(context, by, pick, { action: "change", reason: why });
  const isOut = pick.number > 0;
  const showAt = isOut ? pick.showAt : wanted;
  // What is shown is filed anew, with the number it has.
  await context.tables.run(
    "UPDATE p_discover_picks SET topics = ?, note = ?, show_at = ?, state = CASE WHEN state = 'shown' THEN 'due' ELSE state END WHERE id = ?",
    [JSON.stringify(topics), why, showAt, id],
  );
  await appear(context, { showAt });
}

async function known(context: Context, id: string): Promise<Pick> {
  const pick = await pickById(context, id);
  if (!pick) throw new PublicError("no-pick", "This pick is not there any more.", 404);
  return pick;
}

const own = () => new PublicError("own", "This post is your own, so another curator has to do this.", 403);

function mustBeAnother(by: Actor, { authorId }: Pick): void {
  if (by.id === authorId) throw own();
}

type Deed = { readonly action: Action; readonly reason?: string };

async function written(context: Context, by: Actor, pick: Pick, { action, reason = "" }: Deed): Promise<void> {
  const placed = await new Looker(context).picked(pick);
  const subject = placed?.post.url ?? `${context.site.url.replace(/\/$/, "")}/c/${pick.item}`;
  await note(context, by, { action, subject, aboutId: pick.authorId, ...(reason && { reason }) });
}
