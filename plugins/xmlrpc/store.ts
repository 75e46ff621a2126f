import type { Context, Draft, Post } from "rookery/plugin";
import { Fault } from "./wire/fault.ts";

/** Publishes a draft; what the core or a plugin refuses is a Fault with its sentence. */
export async function store(context: Context, draft: Draft): Promise<Post> {
  const outcome = await context.posts.publish(draft);
  if (!outcome.ok) throw new Fault(outcome.refusal.status ?? 422, outcome.refusal.refuse);
  return outcome.post;
}
