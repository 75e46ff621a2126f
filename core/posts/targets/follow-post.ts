import { stamp } from "../../clock.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Post } from "../../hooks/values.ts";
import { dropWaiting, enqueueMany } from "../../jobs/enqueue.ts";
import type { NewJob } from "../../jobs/job.ts";
import type { Transaction } from "../../storage/storage.ts";
import type { Fact } from "../facts.ts";
import { undoEnd } from "../undo-window.ts";
import { copyReasons } from "./copy-reasons.ts";
import { copiesOf, type Copy, type CopyKey, type CopyState } from "./target-rows.ts";

/** The name of the core's job that makes, changes or removes one copy. */
export const copyJob = "post-copy";
/** The name of the core's job that has copies follow an edit or a removal where their targets' rules say so. */
export const followJob = "post-copies-follow";

/** What is done to a copy; `replace` removes it and then sends a new one. */
export type CopyAction = "send" | "update" | "remove" | "replace";
/** What of a post its copies follow. */
export type Follows = "edits" | "deletes";

/** Whether a post is where readers can see it: only then may copies be made. */
export const isPublic = (post: Pick<Post, "status" | "visibility">): boolean =>
  post.status === "published" && post.visibility !== "private";

/** Lets copies follow their post, in its transaction: it appears, they get their turn; it goes before that, they wait again. */
export async function followPost(scope: Scope, db: Transaction, fact: Fact): Promise<void> {
  const { name } = fact;
  if (name === "post.published" || name === "post.restored") await startCopies(scope, db, fact.value.post);
  if (name === "post.removed") await holdCopies(scope, db, fact.value.post, fact.copies === "remove");
  if ((name === "post.removed" || name === "post.updated") && !fact.copies) {
    const copies = await copiesOf(scope, [fact.value.post.id]);
    const what = name === "post.updated" ? "edits" : "deletes";
    if (copies.some(({ state }) => state === "sent")) await enqueueMany(db, [followLater(scope, fact.value.post.id, what)]);
  }
}

/** The job that has copies follow by their targets' rules. */
export function followLater(scope: Scope, postId: string, what: Follows): NewJob {
  const job = { pluginId: "core", name: followJob, blogId: blogOf(scope).id, key: `${postId} ${what}` };
  return { ...job, data: { postId, what }, runAt: scope.clock.now() };
}

/** Gives every chosen copy of a visible post its turn, when the time for Undo is over. */
export async function startCopies(scope: Scope, db: Transaction, post: Post): Promise<void> {
  if (!isPublic(post)) return;
  const chosen = (await copiesOf(scope, [post.id])).filter((copy) => copy.state === "chosen");
  for (const copy of chosen) await moveCopy(scope, db, copy, "waiting");
  await enqueueMany(
    db,
    chosen.map((copy) => jobFor(scope, copy, "send", undoEnd(scope))),
  );
}

async function holdCopies(scope: Scope, db: Transaction, post: Post, isRemoved: boolean): Promise<void> {
  const copies = await copiesOf(scope, [post.id]);
  for (const copy of copies) {
    if (copy.state !== "waiting") continue;
    // A job that cannot be taken back is at work: what it makes is removed when it tells of it.
    if ((await dropWaiting(db, keyed(scope, copy))) > 0) await moveCopy(scope, db, copy, heldBack(copy));
    else if (isRemoved) await moveCopy(scope, db, copy, "removing");
  }
  if (isRemoved)
    await askCopies(
      scope,
      db,
      copies.filter(({ state }) => state === "sent"),
      "remove",
    );
}

/** Where a copy stands whose post went before its turn: chosen. After a try it says why that may have arrived, for no turn will tell. */
export function heldBack({ attempts, reason }: Copy): { state: CopyState; reason: string } {
  const tried = reason || copyReasons.tried;
  return { state: "chosen", reason: attempts > 0 ? tried : "" };
}

/** Has something done to copies, now. */
export async function askCopies(scope: Scope, db: Transaction, copies: readonly CopyKey[], action: CopyAction): Promise<void> {
  const state: CopyState = action === "remove" || action === "replace" ? "removing" : action === "update" ? "sent" : "waiting";
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
