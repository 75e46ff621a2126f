import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { remove, update } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { announce, tell, type Fact } from "./facts.ts";
import { countMonths } from "./months.ts";
import { listed } from "./post.ts";
import { postById } from "./read.ts";

/** Into the trash, from where `restore` brings it back for 30 days. Gives the post, or null when there is none. */
export async function trash(scope: Scope, id: string): Promise<Post | null> {
  return move(scope, id, "trash", "post.removed");
}

/** Back to a draft: readers no longer see it, its address waits for it. */
export async function unpublish(scope: Scope, id: string): Promise<Post | null> {
  return move(scope, id, "draft", "post.removed");
}

/** Out of the trash: published again when it was published before (its address is still its own), else a draft. */
export async function restore(scope: Scope, id: string): Promise<Post | null> {
  const post = await postById(scope, id);
  if (post?.status !== "trash") return post;
  const status =
    post.path === "" || !post.publishedAt
      ? "draft"
      : Date.parse(post.publishedAt) > scope.clock.now().getTime()
        ? "scheduled"
        : "published";
  return move(scope, id, status, "post.restored");
}

/** For good: the post, its revisions, links and replies. Its page answers 404 from now on. */
export async function erasePost(scope: Scope, id: string): Promise<boolean> {
  const post = await trash(scope, id);
  if (!post) return false;
  await scope.storage.write(async (db) => {
    await eraseRows(db, id);
    await scope.touch(db, blogOf(scope).id);
  });
  return true;
}

/** Removes every row of a post inside the caller's transaction. */
export async function eraseRows(db: Transaction, id: string): Promise<void> {
  for (const table of ["revisions", "post_categories", "post_keys", "interactions"]) await remove(db, table, { post_id: id });
  await remove(db, "import_items", { subject: "post", subject_id: id });
  await remove(db, "posts", { id });
}

/** Publishes what is due: called by the job written when it was scheduled. Running it twice changes nothing. */
export async function publishScheduled(scope: Scope, id: string): Promise<void> {
  const post = await postById(scope, id);
  if (post?.status !== "scheduled" || !post.publishedAt || Date.parse(post.publishedAt) > scope.clock.now().getTime()) return;
  await move(scope, id, "published", "post.published");
}

async function move(
  scope: Scope,
  id: string,
  status: Post["status"],
  name: "post.removed" | "post.restored" | "post.published",
): Promise<Post | null> {
  const before = await postById(scope, id);
  if (!before || before.status === status) return before;
  const changed = { ...before, status, version: before.version + 1, updatedAt: stamp(scope.clock.now()) };
  const post: Post = { ...changed, isListed: listed(changed) };
  const isPublic = (one: Post) => one.status === "published" && one.visibility !== "private";
  const isShown = isPublic(before) !== isPublic(post);
  const facts: Fact[] = [{ name: "post.saved", value: { post, before }, isShown }];
  if (isShown) facts.push({ name, value: { post }, isShown });
  const isStored = await scope.storage.write(async (db) => {
    const row = {
      status,
      is_listed: post.isListed,
      version: post.version,
      updated_at: post.updatedAt,
      deleted_at: status === "trash" ? post.updatedAt : null,
    };
    if ((await update(db, "posts", row, { id, version: before.version })) === 0) return false;
    await update(db, "post_categories", { is_listed: post.isListed }, { post_id: id });
    await countMonths(db, blogOf(scope), [{ post, before }]);
    await announce(scope, db, facts);
    if (isShown) await scope.touch(db, blogOf(scope).id);
    return true;
  });
  if (!isStored) return move(scope, id, status, name); // somebody else moved it meanwhile: look again
  await tell(scope, facts);
  return post;
}
