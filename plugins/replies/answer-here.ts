import type { Post } from "rookery/plugin";
import { hubOf, type Own } from "./own.ts";
import { itemOf } from "./timeline.ts";

const day = 86_400_000;

/**
 * The way from a post on a blog to answering it here; readers who are not signed in come by that. What is older than a day has it
 * when the timeline knows it: a fresh page may be drawn before the timeline heard of its post, and it is kept.
 */
export async function answerHere(context: Own, post: Post | undefined) {
  if (!post || post.kind === "page" || post.status !== "published" || post.visibility === "private") return undefined;
  const age = context.clock.now().getTime() - Date.parse(post.publishedAt ?? "");
  if (!(age < day) && !(await itemOf(context, null, post.number))) return undefined;
  const hub = hubOf(context);
  return { template: "answer-here", data: { at: `${hub}/replies/to/${post.number}`, host: new URL(hub).host } };
}
