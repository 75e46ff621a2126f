import type { Post } from "rookery/plugin";
import type { Own } from "./settings.ts";
import { isMarked } from "./standing.ts";

/** Under what was marked as sensitive: who folded it. The stylesheet keeps its pictures folded with it. */
export async function sensitiveNote(context: Own, post: Post | undefined) {
  if (!post || post.properties["content-warning"] === undefined || !(await isMarked(context, post.id, "sensitive")))
    return undefined;
  return { template: "sensitive" };
}
