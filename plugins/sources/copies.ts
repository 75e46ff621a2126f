import { parseFeed, PublicError, sanitise, type FeedItem, isUlid } from "rookery/plugin";
import { feedById } from "./feeds.ts";
import { fetchFeed } from "./fetch-feed.ts";
import { hashOf } from "./ids.ts";
import type { FeedRow, Own, OwnerRow } from "./rows.ts";

type Copy = {
  readonly id: string;
  readonly item: FeedItem;
  readonly html: string;
  readonly publishedAt: string;
  readonly isFirst: boolean;
};

/** Makes an item a post of the blogs it is copied into, or changes the post it became. */
export async function copyItem(context: Own, row: FeedRow, copy: Copy): Promise<void> {
  const owners = await context.tables.query<OwnerRow>("SELECT * FROM p_sources_owners WHERE feed_id = ? AND is_copied = 1", [
    row.id,
  ]);
  for (const owner of owners)
    try {
      await copyFor(context, owner, copy);
    } catch (error) {
      // One who may not write there any more must not keep the others from it.
      if (!(error instanceof PublicError)) throw error;
      context.log.info("a source could not be copied", { error: error.message });
    }
}

async function copyFor(context: Own, owner: OwnerRow, { id, item, html, publishedAt, isFirst }: Copy): Promise<void> {
  const there = await context.as({ accountId: owner.account_id, blog: owner.blog_id, via: "sources" });
  const [known] = await context.tables.query<{ post_id: string }>(
    "SELECT post_id FROM p_sources_posts WHERE owner_id = ? AND item_id = ?",
    [owner.id, id],
  );
  const old = known && (await there.posts.byId(known.post_id));
  // What somebody deleted here stays so.
  if (known && !old) return;
  const what = { title: item.title, content: html, format: "html" as const };
  const outcome = await there.posts.publish(
    old
      ? { ...what, id: old.id }
      : {
          ...what,
          key: `sources ${owner.id} ${id}`,
          status: "published",
          publishedAt,
          categories: item.categories.slice(0, 10),
          properties: {
            ...(item.url && { "original-of": item.url, syndication: [item.url] }),
            sources: { url: item.url, feed: owner.feed_id },
          },
          // What was there before is no news elsewhere.
          ...(isFirst && { targets: [] }),
        },
  );
  if (!outcome.ok) return context.log.info("a source's item was refused", { reason: outcome.refusal.refuse });
  if (!known)
    await context.tables.run("INSERT INTO p_sources_posts (owner_id, item_id, blog_id, post_id) VALUES (?, ?, ?, ?)", [
      owner.id,
      id,
      owner.blog_id,
      outcome.post.id,
    ]);
}

/** Puts the posts an item became into the trash. */
export async function removeCopies(context: Own, itemId: string): Promise<void> {
  const rows = await context.tables.query<{ owner_id: string; blog_id: string; post_id: string; account_id: string }>(
    `SELECT p.owner_id, p.blog_id, p.post_id, o.account_id FROM p_sources_posts p JOIN p_sources_owners o ON o.id = p.owner_id WHERE p.item_id = ?`,
    [itemId],
  );
  for (const { owner_id: ownerId, blog_id: blog, post_id: postId, account_id: accountId } of rows) {
    try {
      await (await context.as({ accountId, blog, via: "sources" })).posts.remove(postId);
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
    }
    await context.tables.run("DELETE FROM p_sources_posts WHERE owner_id = ? AND item_id = ?", [ownerId, itemId]);
  }
}

/** Brings the newest 20 items that are there already into the blog somebody just chose; they are no news elsewhere. */
export async function bringCopies(context: Own, ownerId: string): Promise<void> {
  const [owner] = isUlid(ownerId)
    ? await context.tables.query<OwnerRow>("SELECT * FROM p_sources_owners WHERE id = ?", [ownerId])
    : [];
  const row = owner && owner.is_copied === 1 ? await feedById(context, owner.feed_id) : null;
  if (!owner || !row) return;
  const answer = await fetchFeed(context, { url: row.url, etag: "", last_modified: "", body_hash: "" });
  const feed = answer.kind === "new" ? await parseFeed(answer.bytes, answer) : null;
  const now = context.clock.now().toISOString();
  const newest = (feed?.items ?? [])
    .map((item) => ({ item, publishedAt: item.publishedAt && item.publishedAt < now ? item.publishedAt : now }))
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : 0))
    .slice(0, 20)
    .toReversed();
  for (const { item, publishedAt } of newest) {
    const id = hashOf(`${row.id} ${item.key}`);
    const known = await context.tables.query("SELECT post_id FROM p_sources_posts WHERE owner_id = ? AND item_id = ?", [
      owner.id,
      id,
    ]);
    if (known.length === 0)
      await copyFor(context, owner, { id, item, html: sanitise(item.html, "reader"), publishedAt, isFirst: true });
  }
}
