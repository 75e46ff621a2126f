import { stamp } from "../../clock.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Post } from "../../hooks/values.ts";
import { dropWaiting, enqueueMany } from "../../jobs/enqueue.ts";
import type { NewJob } from "../../jobs/job.ts";
import type { Transaction } from "../../storage/storage.ts";
import type { Fact } from "../facts.ts";
import { undoEnd } from "../undo-window.ts";
import { copiesOf, type Copy, type CopyState } from "./target-rows.ts";

/** The name of the core's job that makes, changes or removes one copy. */
export const copyJob = "post-copy";

/** What is done to a copy. */
export type CopyAction = "send" | "update" | "remove";

type CopyKey = Pick<Copy, "postId" | "pluginId" | "target">;

/** Lets copies follow their post, in its transaction: it appears, they get their turn; it goes before that, they wait again. */
export async function followPost(scope: Scope, db: Transaction, fact: Fact): Promise<void> {
  if (fact.name === "post.published" || fact.name === "post.restored") await startCopies(scope, db, fact.value.post);
  if (fact.name === "post.removed") await holdCopies(scope, db, fact.value.post);
}

/** Gives every chosen copy of a visible post its turn, when the time for Undo is over. */
export async function startCopies(scope: Scope, db: Transaction, post: Post): Promise<void> {
  if (post.status !== "published" || post.visibility === "private") return;
  const chosen = (await copiesOf(scope, [post.id])).filter((copy) => copy.state === "chosen");
  for (const copy of chosen) await moveCopy(scope, db, copy, "waiting");
  await enqueueMany(
    db,
    chosen.map((copy) => jobFor(scope, copy, "send", undoEnd(scope))),
  );
}

async function holdCopies(scope: Scope, db: Transaction, post: Post): Promise<void> {
  for (const copy of await copiesOf(scope, [post.id])) {
    if (copy.state !== "waiting" || copy.attempts > 0) continue;
    // Only what nobody has begun to send: a running job may have sent it already.
    if ((await dropWaiting(db, keyed(scope, copy))) > 0) await moveCopy(scope, db, copy, "chosen");
  }
}

/** Has something done to copies, now. */
export async function askCopies(scope: Scope, db: Transaction, copies: readonly CopyKey[], action: CopyAction): Promise<void> {
  const state: CopyState = action === "remove" ? "removing" : action === "update" ? "sent" : "waiting";
  for (const copy of copies) await moveCopy(scope, db, copy, state);
  await enqueueMany(
    db,
    copies.map((copy) => jobFor(scope, copy, action, scope.clock.now())),
  );
}

/** The job for one copy. */
export function jobFor(scope: Scope, { postId, pluginId, target }: CopyKey, action: CopyAction, runAt: Date): NewJob {
  return { ...keyed(scope, { postId, pluginId, target }), data: { postId, pluginId, target, action }, runAt };
}

/** Writes down where a copy stands. */
export async function moveCopy(
  scope: Scope,
  db: Transaction,
  copy: CopyKey,
  to: CopyState | { state: CopyState; reason: string },
): Promise<void> {
  const { state, reason } = typeof to === "string" ? { state: to, reason: "" } : to;
  await db.run(
    "UPDATE post_targets SET state = ?, reason = ?, updated_at = ? WHERE post_id = ? AND plugin_id = ? AND target = ?",
    [state, reason.slice(0, 2000), stamp(scope.clock.now()), copy.postId, copy.pluginId, copy.target],
  );
}

function keyed(scope: Scope, { postId, pluginId, target }: CopyKey) {
  return { pluginId: "core", name: copyJob, blogId: blogOf(scope).id, key: `${postId} ${pluginId}/${target}` };
}
