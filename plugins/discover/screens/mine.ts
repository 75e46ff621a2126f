import { PublicError } from "rookery/plugin";
import { undoOwn } from "../picking/take-off.ts";
import { picksOf } from "../picking/picks.ts";
import { isOptedOut, setOptOut } from "../standing/opt-out.ts";
import { Looker } from "../reading/looker.ts";
import type { Request } from "./request.ts";

/** Whether one wants to be picked, and one's posts that were. */
export async function minePage(request: Request) {
  const { account, at, context } = request;
  const looker = new Looker(context);
  const rows = [];
  for (const pick of await picksOf(context, account!.id)) {
    if (pick.state === "due" || pick.state === "second") continue;
    const placed = await looker.picked(pick);
    if (placed)
      rows.push({ id: pick.id, post: placed.post, tongue: placed.post.language || placed.blog.language, at: pick.showAt });
  }
  return {
    template: "mine",
    data: { isOut: await isOptedOut(context, account!.id), rows, action: at("/discover/mine"), aboutAt: at("/discover/about") },
  };
}

/** Keeps that choice, or takes one post off. */
export async function mineForm(request: Request) {
  const { account, at, context } = request;
  const { fields } = await request.form();
  const say = (key: string) => request.redirect(at("/discover/mine"), context.t(key));
  switch (fields.get("intent")) {
    case "choose": {
      const isOut = fields.get("picked") !== "on";
      await setOptOut(context, account!, isOut);
      return say(isOut ? "mine.out" : "mine.in");
    }
    case "take-off":
      await undoOwn(context, account!, fields.get("id") ?? "");
      return say("mine.taken-off");
    default:
      throw new PublicError("no-intent", "This button is not known here.", 400);
  }
}
