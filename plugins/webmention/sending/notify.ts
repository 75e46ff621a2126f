import { PublicError, type Interaction, type Json, type Post, type Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { withoutFragment } from "../web-url.ts";
import { entryHash, targetsOf } from "./entry.ts";
import { sentOf, wantSent } from "./sent.ts";

/** Why a post's targets hear of it. */
type Why = "post" | "responses";

/** Looks, soon and once, at what a post links to now: a job. */
export async function postChanged(context: Own, { id }: Pick<Post, "id">): Promise<void> {
  if (context.settings.send) await context.enqueue("notify", { postId: id, why: "post" }, { key: `post ${id}` });
}

/** The same after what is shown below a post changed (salmention); a minute later, so that a lively conversation is told once. */
export async function responsesChanged(context: Own, { postId, kind }: Interaction): Promise<void> {
  if (!context.settings.send || !context.settings.salmention || (kind !== "reply" && kind !== "mention")) return;
  if ((await context.collection<string>("entries").get(postId)) === null) return;
  await context.enqueue("notify", { postId, why: "responses" }, { key: `responses ${postId}`, in: { minutes: 1 } });
}

/**
 * Tells what a post links to, and everything it ever told (Webmention §3.2.4), unless nothing of the rendered entry changed. A post
 * that readers cannot see any more is told only to those who know of it; drafts are never told.
 */
export async function notify(data: Json, context: Own): Promise<void> {
  const { postId, why } = data as { postId: string; why: Why };
  const post = await context.posts.byId(postId);
  const before = await sentOf(context, postId);
  const known = before.filter(({ times, state }) => times > 0 || state === "waiting");
  const entries = context.collection<string>("entries");
  if (!post || post.status !== "published" || post.visibility === "private") {
    for (const { target, source } of known) await send(context, await wantSent(context, postId, source, target));
    await entries.delete(postId);
    return;
  }
  const told = await entries.get(postId);
  // Old posts came in without a word; a reply below one is no reason to begin.
  if (why === "responses" && told === null) return;
  const hash = entryHash(post, context.settings.salmention ? await context.interactions.ofPost(postId) : []);
  if (hash === told) return;
  if (why === "responses" && !(await mayTellAgain(context, data))) return;
  const source = known.find((one) => one.source !== "")?.source ?? post.url;
  const targets = new Set([...known.map(({ target }) => target), ...(await wanted(context, post))]);
  for (const target of targets) await send(context, await wantSent(context, postId, source, target));
  // Without one, nobody has to hear of replies either.
  if (targets.size > 0) await entries.put(postId, hash);
}

/**
 * The answer at the address of a post that was told to others and is private or a draft now: gone, so that they forget it too
 * (Webmention §3.2.4). Nothing where nobody was told; what lies in the trash is said by the core.
 */
export async function goneForOthers(context: Own, path: string): Promise<Reply | undefined> {
  const post = await context.posts.byUrl(path, { any: true });
  if (!post || post.status === "trash" || (post.status === "published" && post.visibility !== "private")) return undefined;
  const wasTold = (await sentOf(context, post.id)).some(({ times }) => times > 0);
  return wasTold ? { status: 410, text: context.t("gone"), headers: { "cache-control": "no-store" } } : undefined;
}

/** Puts the telling of one page on its way. */
export async function send(context: Own, id: string, seconds = 0): Promise<void> {
  await context.enqueue("send", { id }, { key: `send ${id}`, ...(seconds > 0 && { in: { seconds } }) });
}

async function wanted(context: Own, post: Post): Promise<string[]> {
  const targets = await targetsOf(post);
  if (context.settings.selfMentions) return targets;
  const own = await Promise.all(targets.map(async (one) => (await context.blogAt(one))?.id === context.blog.id));
  return targets.filter((one, at) => !own[at] && withoutFragment(one) !== context.blog.url);
}

// Two conversations that answer each other must come to rest: six times at once, then six an hour.
async function mayTellAgain(context: Own, data: Json): Promise<boolean> {
  const { postId } = data as { postId: string };
  try {
    await context.limit(`responses ${postId}`, { times: 6, seconds: 3600 });
    return true;
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    await context.enqueue("notify", data, { key: `responses ${postId}`, in: { seconds: Number(error.values.wait ?? 3600) } });
    return false;
  }
}
