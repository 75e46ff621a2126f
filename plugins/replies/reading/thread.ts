import type { Interaction } from "rookery/plugin";
import type { Thread, ThreadEntry } from "../api.ts";
import { hashOf } from "../ids.ts";
import { addressOf, hubOf, placeOn, type Own } from "../own.ts";
import { rowsWhere } from "../rows/find.ts";
import { timeline } from "../timeline.ts";

/** What everybody may read under a public post of this installation; null for any other address. */
export async function threadOf(context: Own, url: string): Promise<Thread | null> {
  if (url.length > 2_048 || !URL.canParse(url)) return null;
  const blog = await context.blogAt(url);
  const there = blog && (await placeOn(context, blog.id));
  // Addresses are pasted with and without what stands behind the path.
  const post = (await there?.posts.byUrl(url)) ?? (await there?.posts.byUrl(url.replace(/[?#].*$/, "")));
  if (!there || !post || post.visibility === "private") return null;
  const said = await there.interactions.ofPost(post.id);
  const numbers = await numbersOf(context, said);
  const { number, title, language } = post;
  return {
    post: { number, url: post.url, title, at: post.publishedAt ?? post.createdAt, language: language || blog!.language },
    page: `${hubOf(context)}/c/${number}`,
    replies: await Promise.all(said.map((one) => entryOf(context, one, { numbers, root: number }))),
  };
}

async function entryOf(
  context: Own,
  one: Interaction,
  { numbers, root }: { numbers: ReadonlyMap<string, number>; root: number },
): Promise<ThreadEntry> {
  const account = one.accountId === null ? null : await context.accounts.byId(one.accountId);
  const { name, url, photo: avatar } = one.author;
  return {
    number: numbers.get(one.id)!,
    url: one.sourceUrl,
    html: one.html,
    at: one.publishedAt,
    author: { name, url, avatar, username: account?.username ?? "" },
    replyTo: numbers.get(one.parentId ?? "") ?? root,
  };
}

// Where a reply is itself a post here, apps know it by the number of that post.
async function numbersOf(context: Own, said: readonly Interaction[]): Promise<ReadonlyMap<string, number>> {
  const hub = addressOf(context, "");
  const numbers = new Map(said.map(({ id, number }) => [id, number]));
  const posts = said.filter(({ accountId, sourceUrl }) => accountId !== null && !sourceUrl.startsWith(hub));
  for (let at = 0; at < posts.length; at += 100) {
    const some = posts.slice(at, at + 100);
    const marks = some.map(() => "?").join(", ");
    const rows = await rowsWhere(
      context,
      `copy_hash IN (${marks})`,
      some.map(({ sourceUrl }) => hashOf(sourceUrl)),
    );
    for (const { id, sourceUrl } of some) {
      const own = rows.find(({ copyUrl }) => copyUrl === sourceUrl)?.number;
      const number = own || (await timeline(context, (store) => store.numberOf(sourceUrl)));
      if (number) numbers.set(id, number);
    }
  }
  return numbers;
}
