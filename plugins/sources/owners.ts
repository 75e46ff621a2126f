import { PublicError, isUlid, ulid } from "rookery/plugin";
import { beginAgain, dropUnwanted, keepFeed } from "./feeds.ts";
import type { FeedRow, Own, OwnerRow } from "./rows.ts";

/** A source as its owner sees it. */
export type Mine = { readonly owner: OwnerRow; readonly feed: FeedRow };

/** Somebody's sources, by the time they were added. */
export async function sourcesOf(context: Own, accountId: string): Promise<readonly Mine[]> {
  const owners = await context.tables.query<OwnerRow>("SELECT * FROM p_sources_owners WHERE account_id = ? ORDER BY id", [
    accountId,
  ]);
  const feeds = new Map<string, FeedRow>();
  for (let at = 0; at < owners.length; at += 200) {
    const some = owners.slice(at, at + 200).map(({ feed_id: id }) => id);
    const rows = await context.tables.query<FeedRow>(
      `SELECT * FROM p_sources_feeds WHERE id IN (${some.map(() => "?").join(", ")})`,
      some,
    );
    for (const row of rows) feeds.set(row.id, row);
  }
  return owners.flatMap((owner) => {
    const feed = feeds.get(owner.feed_id);
    return feed ? [{ owner, feed }] : [];
  });
}

/** One of somebody's sources. PublicError 404 for another's. */
export async function sourceOf(context: Own, accountId: string, id: string): Promise<Mine> {
  const found = isUlid(id) ? (await sourcesOf(context, accountId)).find(({ owner }) => owner.id === id) : undefined;
  if (!found) throw new PublicError("no-source", "There is no such source of yours.", 404);
  return found;
}

/** Makes a feed somebody's source; the same one again gives the one that is there. PublicError 422 beyond the limit. */
export async function addSource(
  context: Own,
  accountId: string,
  url: string,
  feed: { readonly title: string; readonly url: string },
): Promise<string> {
  const { tables, clock, settings } = context;
  const mine = await sourcesOf(context, accountId);
  const known = mine.find((one) => one.feed.url === url);
  if (known) return known.owner.id;
  if (mine.length >= settings.most) throw new PublicError("too-many", "You have as many sources as people may have here.", 422);
  const row = await keepFeed(context, url, feed.title, feed.url);
  const id = ulid(clock.now().getTime());
  const insert =
    "INSERT INTO p_sources_owners (id, blog_id, account_id, feed_id, proof, is_copied, is_crossposted, created_at) VALUES (?, '', ?, ?, '', 0, 0, ?)";
  const twin = await tables.run(insert, [id, accountId, row.id, clock.now().toISOString()]).then(
    () => null,
    async (error: unknown) => {
      // Two at once: the other one was first.
      const found = (await sourcesOf(context, accountId)).find(({ feed: one }) => one.id === row.id);
      if (!found) throw error;
      return found.owner.id;
    },
  );
  if (twin) return twin;
  await context.enqueue("prove", { ownerId: id }, { key: `prove ${id}` });
  return id;
}

/** Copies a source into a blog its owner writes on, and from there to other services if they wish, or ends that (empty). PublicError 422 for another blog. */
export async function copyInto(context: Own, { owner }: Mine, blogId: string, isCrossposted: boolean): Promise<void> {
  const blogs = await context.identity.blogsOf(owner.account_id);
  if (blogId !== "" && !blogs.some(({ blog }) => blog.id === blogId))
    throw new PublicError("no-blog", "You do not write on this blog.", 422);
  await context.tables.run("UPDATE p_sources_owners SET blog_id = ?, is_copied = ?, is_crossposted = ? WHERE id = ?", [
    blogId,
    blogId === "" ? 0 : 1,
    blogId !== "" && isCrossposted ? 1 : 0,
    owner.id,
  ]);
  if (blogId !== "" && blogId !== owner.blog_id)
    await context.enqueue("bring", { ownerId: owner.id }, { key: `bring ${owner.id}` });
}

/** Ends a source; posts that were copied stay. */
export async function removeSource(context: Own, { owner, feed }: Mine): Promise<void> {
  await context.tables.run("DELETE FROM p_sources_posts WHERE owner_id = ?", [owner.id]);
  await context.tables.run("DELETE FROM p_sources_owners WHERE id = ?", [owner.id]);
  await dropUnwanted(context, feed.id);
}

/** Asks a feed at once, but not more than once a minute; one that was given up begins again. False within the minute. */
export async function checkNow(context: Own, feed: FeedRow): Promise<boolean> {
  const { clock } = context;
  if (feed.checked_at && clock.now().getTime() - Date.parse(feed.checked_at) < 60_000) return false;
  if (feed.state !== "active") await beginAgain(context, feed.id);
  else await context.enqueue("poll", { feedId: feed.id }, { key: `poll ${feed.id}` });
  return true;
}
