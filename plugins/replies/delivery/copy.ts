import { PublicError, type Account, type Blog, type Post } from "rookery/plugin";
import { hashOf } from "../ids.ts";
import { placeOn, type Own } from "../own.ts";
import { note } from "../rows/change.ts";
import type { ReplyRow } from "../rows/reply-row.ts";
import { rootOf } from "./root.ts";

/** A reply as a post of its writer's own blog. */
export type Copy = Pick<Post, "number" | "url" | "html" | "publishedAt"> & { readonly blog: Blog };

/**
 * The copy on the writer's own blog, made or brought up to date; null where none is wanted, or the blog takes none: the reply itself does not
 * depend on it.
 */
export async function keepCopy(context: Own, row: ReplyRow, account: Account): Promise<Copy | null> {
  if (!row.wantsCopy) return null;
  return row.copyPost === "" ? makeCopy(context, row, account) : changeCopy(context, row);
}

/** Takes the copy away that is not wanted any more; the reply itself stays. Run again it changes nothing. */
export async function dropCopy(context: Own, row: ReplyRow): Promise<void> {
  const there = await placeOn(context, row.copyBlog);
  const post = (await there?.posts.byId(row.copyPost)) ?? null;
  if (there && post && post.status !== "trash") await there.posts.remove(post.id);
  await note(context, row, { copy_blog: "", copy_post: "", copy_url: "", copy_hash: "" });
}

async function makeCopy(context: Own, row: ReplyRow, account: Account): Promise<Copy | null> {
  const blog = await context.accounts.homeOf(account.username);
  const post = blog && (await publish(context, row, blog));
  if (!blog || !post) {
    await note(context, row, { wants_copy: 0 });
    return null;
  }
  await note(context, row, { copy_blog: blog.id, copy_post: post.id, copy_url: post.url, copy_hash: hashOf(post.url) });
  // Made before a crash, and its words were changed since.
  if (post.source !== row.source) return changeCopy(context, { ...row, copyBlog: blog.id, copyPost: post.id });
  return { ...post, blog };
}

async function publish(context: Own, row: ReplyRow, blog: Blog): Promise<Post | null> {
  const answered = [row.targetUrl, await rootOf(context, row)].filter((url, at, all) => url !== "" && all.indexOf(url) === at);
  return orNone(context, async () => {
    const there = await context.as({ accountId: row.accountId, blog, via: context.pluginId });
    const draft = {
      content: row.source,
      format: "markdown",
      properties: { "in-reply-to": answered, [context.pluginId]: { id: row.id } },
      // It answers somebody in one place; elsewhere it would stand without what it answers.
      targets: [],
    } as const;
    // Of a reply that was sent before, everybody has heard: its copy stands where the reply does in time, and is no news.
    const isLater = row.number > 0;
    const quiet = isLater ? { publishedAt: row.createdAt } : {};
    const outcome = await there.posts.publish({ ...draft, ...quiet, key: `reply ${row.id}` }, { isQuiet: isLater });
    if (!outcome.ok || !isLater) return outcome.ok ? outcome.post : null;
    // One that was taken away before comes back. What follows posts hears of a change, not of something new.
    if (outcome.post.status === "trash") await there.posts.restore(outcome.post.id);
    const told = await there.posts.publish({ ...draft, id: outcome.post.id });
    return told.ok ? told.post : null;
  });
}

async function changeCopy(context: Own, row: ReplyRow): Promise<Copy | null> {
  const there = await placeOn(context, row.copyBlog);
  const post = (await there?.posts.byId(row.copyPost)) ?? null;
  if (!there || !post) return null;
  if (post.source === row.source || post.status !== "published") return { ...post, blog: there.blog };
  const changed = await orNone(context, async () => {
    const as = await context.as({ accountId: row.accountId, blog: there.blog, via: context.pluginId });
    const outcome = await as.posts.publish({ id: post.id, content: row.source, format: "markdown" });
    return outcome.ok ? outcome.post : null;
  });
  return { ...(changed ?? post), blog: there.blog };
}

async function orNone<T>(context: Own, work: () => Promise<T | null>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    context.log.info("a reply has no copy on its writer's blog", { why: error.key });
    return null;
  }
}
