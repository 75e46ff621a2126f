import type { Reply, RouteRequest } from "rookery/plugin";
import { actingOn, blogFor } from "./caller.ts";
import { changeCategories } from "./channels/categories.ts";
import { changeCollections } from "./channels/collections.ts";
import { firstText } from "./entry/mf2.ts";
import { asMicropub } from "./problem.ts";
import { readWish } from "./read/read-wish.ts";
import { create } from "./write/create.ts";
import { remove, undelete } from "./write/remove.ts";
import { changeReply } from "./write/replies.ts";
import { update } from "./write/update.ts";

/** What is asked of the endpoint by POST (https://www.w3.org/TR/micropub/): posts made, changed, removed and called back; channels. */
export async function act(request: RouteRequest): Promise<Reply> {
  const { caller, wish } = await readWish(request);
  const reply = await changeReply(request, caller, wish);
  if (reply) return reply;
  const destination = firstText(wish.commands.destination) ?? request.query.get("mp-destination") ?? undefined;
  const channel = firstText(wish.commands.channel);
  const blog = await blogFor(request, caller, { destination, url: wish.url });
  const context = await actingOn(request, caller, blog);
  if (channel === "categories") return changeCategories(context, caller, wish);
  if (channel === "collections") return changeCollections(context, caller, wish);
  switch (wish.action) {
    case "create":
      return create(context, caller, wish, request.headers);
    case "update":
      return update(context, caller, wish);
    case "delete":
      return remove({ context, blogContext: await request.context.as({ blog }) }, caller, wish);
    case "undelete":
      return undelete({ context, blogContext: await request.context.as({ blog }) }, caller, wish);
  }
}

/** Runs work whose refusals are answered as Micropub has them. */
export async function inMicropub(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    throw asMicropub(error);
  }
}
