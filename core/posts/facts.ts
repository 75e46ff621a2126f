import type { HookName, ValueOf } from "../hooks/catalogue.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { enqueueMany } from "../jobs/enqueue.ts";
import type { Transaction } from "../storage/storage.ts";
import { followPost } from "./targets/follow-post.ts";
import { announceFact } from "./undo-window.ts";

type PostEvent = Extract<HookName, "post.saved" | "post.published" | "post.updated" | "post.removed" | "post.restored">;

/**
 * Something that happened to a post. `isShown` says whether readers can see a difference; `copies` what somebody decided for
 * its copies elsewhere (left out: the rules of their targets).
 */
export type Fact = {
  [N in PostEvent]: {
    readonly name: N;
    readonly value: ValueOf<N>;
    readonly isShown: boolean;
    readonly copies?: CopiesChoice | undefined;
  };
}[PostEvent];

/** What becomes of copies elsewhere when their post changes or goes. */
export type CopiesChoice = "keep" | "remove";

/** Writes, beside the facts themselves, the jobs that tell plugins with durable taps, and the one that publishes a scheduled post. */
export async function announce(scope: Scope, db: Transaction, facts: readonly Fact[]): Promise<void> {
  for (const fact of facts) {
    await announceFact(scope, db, fact);
    await followPost(scope, db, fact);
  }
  const posts = new Set(facts.map((fact) => fact.value.post));
  await enqueueMany(db, [...posts].filter((post) => post.status === "scheduled").map(dueJob));
}

/** Tells plugins in this process, after the commit; a failing one costs only its own reaction. */
export async function tell(scope: Scope, facts: readonly Fact[]): Promise<void> {
  for (const fact of facts) if (scope.taps.has(fact.name)) await scope.taps.event(scope, fact.name, fact.value);
}

function dueJob(post: Post) {
  const data = { postId: post.id };
  return {
    pluginId: "core",
    name: "publish-scheduled",
    blogId: post.blogId,
    data,
    runAt: new Date(post.publishedAt!),
    key: post.id,
  };
}
