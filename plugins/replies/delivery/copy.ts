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
    const outcome = await there.posts.publish({
      key: `reply ${row.id}`,
      content: row.source,
      format: "markdown",
      properties: { "in-reply-to": answered, [context.pluginId]: { id: row.id } },
      // It answers somebody in one place; elsewhere it would stand without what it answers.
      targets: [],
    });
    return outcome.ok ? outcome.post : null;
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
