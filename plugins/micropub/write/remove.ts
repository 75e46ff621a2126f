import type { Context, Reply } from "rookery/plugin";
import { needScope, type Caller } from "../caller.ts";
import { invalid } from "../problem.ts";
import type { Wish } from "../read/wish.ts";
import { created } from "./create.ts";

const done: Reply = { status: 200, json: {}, headers: { "cache-control": "no-store" } };

/** Acting as somebody, and on the blog itself: a key that may only delete finds what it deleted, though it may not read it. */
type Both = { readonly context: Context; readonly blogContext: Context };

/** Puts a post into the trash, from where it can be called back (Micropub §3.5). Gone already is as good. */
export async function remove({ context, blogContext }: Both, caller: Caller, { url }: Wish): Promise<Reply> {
  needScope(caller, "delete");
  const post = await known(blogContext, url);
  if (post.status !== "trash") await context.posts.remove(post.id);
  return done;
}

/** Calls a deleted post back, at its address; 201 when that is another one. */
export async function undelete({ context, blogContext }: Both, caller: Caller, { url }: Wish): Promise<Reply> {
  needScope(caller, "delete", "undelete");
  const post = await known(blogContext, url);
  if (post.status !== "trash") return done;
  const restored = await context.posts.restore(post.id);
  if (!restored) throw invalid("There is no post at this url.");
  return context.posts.addressOf(restored) === context.posts.addressOf(post) ? done : created(context, restored);
}

async function known(context: Context, url: string | undefined) {
  const post = url ? await context.posts.byUrl(url, { any: true }) : null;
  if (!post) throw invalid("There is no post at this url.");
  return post;
}
