import { PublicError } from "rookery/plugin";
import { copiedWords } from "./copied-words.ts";
import type { Own, OwnerRow } from "./rows.ts";
import type { Taken } from "./take-items.ts";

/** Who copies a feed into a blog. */
export function copyingOwners({ tables }: Own, feedId: string): Promise<readonly OwnerRow[]> {
  return tables.query<OwnerRow>("SELECT * FROM p_sources_owners WHERE feed_id = ? AND is_copied = 1", [feedId]);
}

/** Makes an item a post of the blogs it is copied into, or changes the post it became. */
export async function copyItem(context: Own, owners: readonly OwnerRow[], taken: Taken): Promise<void> {
  for (const owner of owners)
    try {
      await copyFor(context, owner, taken);
    } catch (error) {
      // One who may not write there any more must not keep the others from it.
      if (!(error instanceof PublicError)) throw error;
      context.log.info("a source could not be copied", { error: error.message });
    }
}

async function copyFor(context: Own, owner: OwnerRow, { id, item, publishedAt, known, isOld }: Taken): Promise<void> {
  const there = await context.as({ accountId: owner.account_id, blog: owner.blog_id, via: "sources" });
  const [copy] = await context.tables.query<{ post_id: string; is_quiet: number }>(
    "SELECT post_id, is_quiet FROM p_sources_posts WHERE owner_id = ? AND item_id IN (?, ?)",
    [owner.id, id, known?.id ?? id],
  );
  const old = copy && (await there.posts.byId(copy.post_id));
  // What somebody deleted here stays so.
  if (copy && !old) return;
  const what = copiedWords(item);
  const isQuiet = copy ? copy.is_quiet === 1 : isOld;
  const draft = old
    ? { ...what, id: old.id }
    : {
        ...what,
        key: `sources ${owner.id} ${id}`,
        status: "published" as const,
        publishedAt,
        categories: item.categories.slice(0, 10),
        properties: {
          ...what.properties,
          ...(item.url && { "original-of": item.url, syndication: [item.url] }),
          sources: { url: item.url, feed: owner.feed_id },
        },
        // To other services by the blog's rules, if its owner said so.
        ...(owner.is_crossposted === 0 && { targets: [] }),
      };
  // What was there before is no news: nobody is told of it, nor of its edits.
  const outcome = await there.posts.publish(draft, { isQuiet });
  if (!outcome.ok) return context.log.info("a source's item was refused", { reason: outcome.refusal.refuse });
  // It was gone there, came back, and is here again: what its author put into the trash keeps its row, and never comes this far.
  if (!copy && outcome.post.status === "trash") await there.posts.restore(outcome.post.id);
  if (!copy)
    await context.tables.run(
      "INSERT INTO p_sources_posts (owner_id, item_id, blog_id, post_id, is_quiet) VALUES (?, ?, ?, ?, ?)",
      [owner.id, id, owner.blog_id, outcome.post.id, isQuiet ? 1 : 0],
    );
}

/** Puts the posts an item became into the trash. */
export async function removeCopies(context: Own, itemId: string): Promise<void> {
  const rows = await context.tables.query<{ owner_id: string; blog_id: string; post_id: string; account_id: string }>(
    `SELECT p.owner_id, p.blog_id, p.post_id, o.account_id FROM p_sources_posts p JOIN p_sources_owners o ON o.id = p.owner_id WHERE p.item_id = ?`,
    [itemId],
  );
  for (const { owner_id: ownerId, blog_id: blog, post_id: postId, account_id: accountId } of rows) {
    try {
      const { posts } = await context.as({ accountId, blog, via: "sources" });
      // What somebody put into the trash here stays there, should the item come back.
      if (!(await posts.byId(postId))) continue;
      await posts.remove(postId);
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
    }
    await context.tables.run("DELETE FROM p_sources_posts WHERE owner_id = ? AND item_id = ?", [ownerId, itemId]);
  }
}
