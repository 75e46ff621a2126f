import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { remove, update } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { announce, tell, type CopiesChoice, type Fact } from "./facts.ts";
import { countMonths } from "./months.ts";
import { forgetNumbers } from "./numbers.ts";
import { listed } from "./post.ts";
import { postById } from "./read.ts";
import { undoSeconds } from "./undo-window.ts";

/** Into the trash, from where `restore` brings it back for 30 days. Gives the post, or null when there is none. */
export async function trash(scope: Scope, id: string, copies?: CopiesChoice): Promise<Post | null> {
  return move(scope, id, "trash", { name: "post.removed", copies });
}

/** Back to a draft: readers no longer see it, its address waits for it. */
export async function unpublish(scope: Scope, id: string, copies?: CopiesChoice): Promise<Post | null> {
  return move(scope, id, "draft", { name: "post.removed", copies });
}

/** Out of the trash, as what it was before; what was scheduled for a time that has passed waits for a new one. */
export async function restore(scope: Scope, id: string): Promise<Post | null> {
  const post = await postById(scope, id);
  if (post?.status !== "trash") return post;
  const rows = await scope.storage.query("SELECT trashed_from FROM posts WHERE id = ?", [id]);
  const before = rows[0]?.trashed_from as Post["status"] | null | undefined;
  // Posts that went into the trash before that was written down.
  const guess = post.path === "" || !post.publishedAt ? "draft" : isAhead(scope, post) ? "scheduled" : "published";
  return move(scope, id, before ?? guess, { name: "post.restored" });
}

/** For good: the post, its revisions, links and replies. Its page answers 404 from now on. */
export async function erasePost(scope: Scope, id: string): Promise<boolean> {
  const before = await postById(scope, id);
  const post = await trash(scope, id);
  if (!post) return false;
  // Straight from where readers saw it: the rules of its copies' targets are asked after it is gone.
  const asksRules = before?.status === "published" && before.visibility !== "private";
  await scope.storage.write(async (db) => {
    await eraseRows(db, id, asksRules);
    await scope.touch(db, blogOf(scope).id);
  });
  return true;
}

/** Removes every row of a post inside the caller's transaction; with `keepsSent` not those of copies, which their rules settle. */
export async function eraseRows(db: Transaction, id: string, keepsSent = false): Promise<void> {
  await forgetNumbers(db, [id]);
  for (const table of ["revisions", "post_categories", "post_keys", "post_edits", "media_uses", "interactions"])
    await remove(db, table, { post_id: id });
  // A copy that is on its way out goes after its post.
  const stays = keepsSent ? " AND state <> 'sent'" : "";
  await db.run(`DELETE FROM post_targets WHERE post_id = ? AND state <> 'removing'${stays}`, [id]);
  await remove(db, "import_items", { subject: "post", subject_id: id });
  await remove(db, "posts", { id });
}

/** How late a scheduled post still comes out by itself; after a longer stop of the server somebody decides. */
export const lateLimit = 3_600_000;

/** Whether a scheduled post missed its time: the server was down, or it lay in the trash. It is listed with “Publish now”. */
export function isMissed(post: Pick<Post, "status" | "publishedAt">, now: Date): boolean {
  return post.status === "scheduled" && post.publishedAt !== null && Date.parse(post.publishedAt) < now.getTime() - lateLimit;
}

/** Publishes what is due: called by the job written when it was scheduled. Running it twice changes nothing. */
export async function publishScheduled(scope: Scope, id: string): Promise<void> {
  const post = await postById(scope, id);
  if (post?.status !== "scheduled" || isAhead(scope, post) || isMissed(post, scope.clock.now())) return;
  await move(scope, id, "published", { name: "post.published" });
}

/**
 * Takes a post back that was published a moment ago, to a draft, before anything was sent. “late” when the time for it is over
 * or the post was changed since (`version` is the one that was published), null when there is none.
 */
export async function undoPublish(scope: Scope, id: string, version: number): Promise<Post | "late" | null> {
  const post = await postById(scope, id);
  if (!post) return null;
  const end = Date.parse(post.updatedAt) + undoSeconds(blogOf(scope)) * 1000;
  if (post.status !== "published" || post.version !== version || end < scope.clock.now().getTime()) return "late";
  const since = scope.clock.now().getTime() - undoSeconds(blogOf(scope)) * 1000;
  // The date that publishing gave goes with it, or the post would come out as an old one; a date that somebody chose stays.
  const isDateless = post.publishedAt !== null && Date.parse(post.publishedAt) >= since;
  return move(scope, id, "draft", { name: "post.removed", isDateless });
}

function isAhead(scope: Scope, { publishedAt }: Post): boolean {
  return publishedAt !== null && Date.parse(publishedAt) > scope.clock.now().getTime();
}

async function move(
  scope: Scope,
  id: string,
  status: Post["status"],
  told: {
    readonly name: "post.removed" | "post.restored" | "post.published";
    readonly copies?: CopiesChoice | undefined;
    readonly isDateless?: boolean;
  },
): Promise<Post | null> {
  const before = await postById(scope, id);
  if (!before || before.status === status) return before;
  const { isDateless, ...fact } = told;
  const publishedAt = isDateless ? null : before.publishedAt;
  const changed = { ...before, status, publishedAt, version: before.version + 1, updatedAt: stamp(scope.clock.now()) };
  const post: Post = { ...changed, isListed: listed(changed) };
  const isPublic = (one: Post) => one.status === "published" && one.visibility !== "private";
  const isShown = isPublic(before) !== isPublic(post);
  const facts: Fact[] = [{ name: "post.saved", value: { post, before }, isShown }];
  if (isShown) facts.push({ ...fact, value: { post }, isShown });
  const isStored = await scope.storage.write(async (db) => {
    const row = {
      status,
      is_listed: post.isListed,
      published_at: post.publishedAt,
      version: post.version,
      updated_at: post.updatedAt,
      deleted_at: status === "trash" ? post.updatedAt : null,
      trashed_from: status === "trash" ? before.status : null,
    };
    if ((await update(db, "posts", row, { id, version: before.version })) === 0) return false;
    await update(db, "post_categories", { is_listed: post.isListed, published_at: post.publishedAt }, { post_id: id });
    await countMonths(db, blogOf(scope), [{ post, before }]);
    await announce(scope, db, facts);
    if (isShown) await scope.touch(db, blogOf(scope).id);
    return true;
  });
  if (!isStored) return move(scope, id, status, told); // somebody else moved it meanwhile: look again
  await tell(scope, facts);
  return post;
}
