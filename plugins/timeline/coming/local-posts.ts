import type { Post } from "rookery/plugin";
import { hashOf } from "../ids.ts";
import type { Own } from "../settings.ts";
import { blogSource, personSource } from "../sources.ts";
import { itemAt, personAt, tellNew } from "./known.ts";
import { mention, mentionedIn } from "./mentions.ts";
import { storeItem } from "./store-item.ts";
import { tellNamed, untellNamed } from "./tell-named.ts";

const mostLooks = 5;

/** Whether a post is for timelines: public, listed, no page. */
export const isForAll = (post: Post): boolean =>
  post.status === "published" && post.visibility === "public" && post.isListed && post.kind !== "page";

/** Follows a post as it is now: news of it may come late, twice and in any order, also to two processes at once. */
export async function followPost(context: Own, { id }: Pick<Post, "id">, news: "new" | "back" | "changed"): Promise<void> {
  for (let [seen, looks] = ["", 0]; looks < mostLooks; looks++) {
    const post = await context.posts.byId(id);
    const now = post ? `${post.version} ${post.status} ${post.visibility} ${post.isListed} ${post.url}` : "gone";
    if (now === seen) return;
    const hadNames = news !== "new" && (await named(context, id));
    if (hadNames && !(post && isForAll(post))) await untellNamed(context, id);
    if (post) await takePost(context, post, { isNew: news !== "changed", tells: news === "new", hadNames });
    else await removePost(context, id);
    seen = now;
  }
}

// Whether people may have been told that it names them.
async function named({ tables }: Own, postId: string): Promise<boolean> {
  const sql = "SELECT words FROM p_timeline_items WHERE key_hash = ?";
  const [row] = await tables.query<{ words: string }>(sql, [hashOf(postKey(postId))]);
  return row?.words.includes("@") === true;
}

/** `isNew`: it comes into timelines; `tells`: whom it names hears of it; `hadNames`: whom it named may have. */
type News = { readonly isNew: boolean; readonly tells?: boolean; readonly hadNames?: boolean };

/** Takes a post of this installation in, or follows its change; one that is not for all is taken away. */
export async function takePost(context: Own, post: Post, news: News): Promise<void> {
  const { isNew, tells = false, hadNames = false } = news;
  if (!isForAll(post)) return removePost(context, post.id);
  const author = await context.accounts.byId(post.authorId);
  if (!author) return;
  const source = await personSource(context, author, context.blog);
  const place = await blogSource(context, context.blog);
  const replyTo = firstAddress(post.properties["in-reply-to"]);
  const target = replyTo === "" ? null : await itemAt(context, replyTo);
  const stored = await storeItem(context, {
    key: postKey(post.id),
    id: post.id,
    number: post.number,
    kind: "post",
    blogId: post.blogId,
    sourceId: source.id,
    accountId: author.id,
    placeId: place.id,
    url: post.url,
    title: post.title,
    html: post.html,
    photos: post.photos,
    language: post.language,
    publishedAt: post.publishedAt ?? post.createdAt,
    replyTo,
    replySourceId: target?.source_id ?? "",
    state: "shown",
    isNew,
  });
  const answered = target && target.source_id !== post.authorId ? await personAt(context, target.source_id) : [];
  await mention(context, stored.number, [...(await mentionedIn(context, stored.text, post.authorId)), ...answered]);
  if (tells || hadNames)
    await tellNamed(context, post, { author, number: stored.number, text: stored.text, answered, isChange: !tells });
  if (stored.isNew && isNew) await tellNew(context, stored.number, source.id);
}

/** Takes a post away; what it was keeps its place in conversations, without a word of it. */
export async function removePost({ tables }: Own, postId: string): Promise<void> {
  await tables.run(
    "UPDATE p_timeline_items SET state = 'removed', html = '', title = '', words = '', photos = '[]' WHERE key_hash = ?",
    [hashOf(postKey(postId))],
  );
}

const postKey = (postId: string): string => `post ${postId}`;

function firstAddress(value: unknown): string {
  const [first] = [value].flat();
  return typeof first === "string" && URL.canParse(first) ? first : "";
}
