import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { blankPost } from "./blank-post.ts";

/** What stands in for a post that was erased for good, where something of it elsewhere must still be taken away. */
export function gonePost(scope: Scope, id: string): Post {
  return { ...blankPost(blogOf(scope), scope.clock.now().toISOString()), id, status: "trash" };
}
