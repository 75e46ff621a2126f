import { PublicError, type Reply } from "rookery/plugin";
import { somebody } from "../posts/people.ts";
import { done, invalid } from "../wire/answers.ts";
import { textOf } from "../wire/input.ts";
import { askPeer } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import type { Desk } from "../wire/shapes.ts";

/** `POST /users/report`: tells the moderators of somebody. */
export async function report({ context, input, need }: Call): Promise<Reply> {
  const caller = need("any");
  const username = textOf(input, "username");
  if (username === "") throw invalid("Say whom: the field username is empty.");
  const { source } = await somebody(context, caller, username);
  const told = {
    by: caller.account.id,
    about: { handle: source.handle },
    category: "other",
    note: textOf(input, "note", "reason", "text").slice(0, 2_000),
  };
  const id = await askPeer(context, "moderation.desk", { question: (desk: Desk) => desk.report(told), otherwise: null });
  if (id === null) throw new PublicError("not_available", "Nobody takes reports at this installation.", 404);
  return done();
}
