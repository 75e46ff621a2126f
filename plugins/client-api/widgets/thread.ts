import { openToVisitors } from "../posts/people.ts";
import type { Own } from "../settings.ts";
import { askPeer, askTimeline } from "../wire/peers.ts";
import type { WidgetPost } from "./posts.ts";

/** What was answered to a post, the oldest first, and where it is read. */
export type Thread = {
  readonly url: string;
  readonly page: string;
  readonly replies: readonly (WidgetPost & { readonly replyTo: number })[];
};

/** The service `replies.conversation`, as far as it is used here. */
type Conversations = {
  of(url: string): Promise<{
    readonly page: string;
    readonly replies: readonly {
      readonly number: number;
      readonly url: string;
      readonly html: string;
      readonly at: string;
      readonly author: { readonly name: string; readonly url: string; readonly avatar: string; readonly username: string };
      readonly replyTo: number;
    }[];
  } | null>;
};

/** What everybody may read under a public post here; null for any other address. */
export async function threadOf(context: Own, url: string): Promise<Thread | null> {
  const told = await askPeer(context, "replies.conversation", {
    question: (service: Conversations) => service.of(url),
    otherwise: null,
  });
  if (told)
    return {
      url,
      page: told.page,
      replies: told.replies.map((reply) => ({ ...reply, author: { ...reply.author, handle: reply.author.username } })),
    };
  return known(context, url);
}

// Without the plugin for replies, what the timeline knows.
async function known(context: Own, url: string): Promise<Thread | null> {
  await openToVisitors(context);
  const number = await numberAt(context, url);
  const found = number === null ? null : await askTimeline(context, (store) => store.conversation(null, number));
  if (number === null || !found) return null;
  const replies = found.replies.map(({ number: own, url: at, html, at: moment, author }) => {
    const { name, url: home, avatar, handle } = author;
    return { number: own, url: at, html, at: moment, author: { name, url: home, avatar, handle }, replyTo: 0 };
  });
  return { url, page: new URL(`/c/${found.root?.number ?? number}`, context.site.url).href, replies };
}

// Addresses are pasted with and without what stands behind the path.
async function numberAt(context: Own, url: string): Promise<number | null> {
  const bare = url.replace(/[?#].*$/, "");
  for (const one of new Set([url, bare])) {
    const number = await askTimeline(context, (store) => store.numberOf(one));
    if (number !== null) return number;
  }
  return null;
}
