import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { marks } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { announce, tell, type Fact } from "./facts.ts";
import { countMonths } from "./months.ts";
import { forgetNumbers } from "./numbers.ts";
import { postsByIds } from "./read.ts";

/**
 * Removes posts for good in one transaction, with their revisions and replies, and tells `post.removed` of those readers saw.
 * `also` is written in the same transaction. Gives how many there were; 200 at a time keep others waiting for milliseconds.
 */
export async function erasePosts(
  scope: Scope,
  ids: readonly string[],
  also: (db: Transaction) => Promise<void>,
): Promise<number> {
  const { facts, count } = await scope.storage.write(async (db) => {
    // On MariaDB this takes the rows' locks, so that what is read next is what goes: nobody edits it in between.
    if (ids.length > 0) await db.run(`UPDATE posts SET version = version + 1 WHERE id IN (${marks(ids.length)})`, ids);
    const posts = await postsByIds(scope, ids);
    const told = posts.filter(({ status }) => status !== "trash").flatMap((post) => factsOf(scope, post));
    await countMonths(
      db,
      blogOf(scope),
      posts.map((post) => ({ post: { ...post, isListed: false }, before: post })),
    );
    const seen = told.filter(({ name }) => name === "post.removed").map(({ value }) => value.post.id);
    await eraseAll(db, ids, seen);
    await announce(scope, db, told);
    if (told.some(({ isShown }) => isShown)) await scope.touch(db, blogOf(scope).id);
    await also(db);
    return { facts: told, count: posts.length };
  });
  await tell(scope, facts);
  return count;
}

async function eraseAll(db: Transaction, ids: readonly string[], seen: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await forgetNumbers(db, ids);
  const list = marks(ids.length);
  for (const table of ["revisions", "post_categories", "post_keys", "post_edits", "media_uses", "interactions"])
    await db.run(`DELETE FROM ${table} WHERE post_id IN (${list})`, ids);
  // Copies of what readers saw until now outlive it until their targets' rules were asked; about those of the trash somebody chose.
  const stays = seen.length === 0 ? "" : ` AND NOT (state = 'sent' AND post_id IN (${marks(seen.length)}))`;
  await db.run(`DELETE FROM post_targets WHERE post_id IN (${list}) AND state <> 'removing'${stays}`, [...ids, ...seen]);
  await db.run(`DELETE FROM import_items WHERE subject = 'post' AND subject_id IN (${list})`, ids);
  await db.run(`DELETE FROM posts WHERE id IN (${list})`, ids);
}

function factsOf(scope: Scope, last: Post): Fact[] {
  const updatedAt = stamp(scope.clock.now());
  const before: Post = { ...last, version: last.version - 1 };
  const post: Post = { ...last, status: "trash", isListed: false, updatedAt };
  const isShown = before.status === "published" && before.visibility !== "private";
  const saved: Fact = { name: "post.saved", value: { post, before }, isShown };
  return isShown ? [saved, { name: "post.removed", value: { post }, isShown }] : [saved];
}
