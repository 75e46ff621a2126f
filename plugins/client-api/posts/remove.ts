import { PublicError, type Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { done, missing } from "../wire/answers.ts";
import type { Caller } from "../wire/caller.ts";
import { numberOf } from "../wire/input.ts";
import { askPeer } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import type { Bookmarks, Replies } from "../wire/shapes.ts";

/** `DELETE /posts/:id`: a post, reply or bookmark of the caller's. What is nobody's, or others', is 404. */
export async function removePost({ context, params, need }: Call): Promise<Reply> {
  const caller = need("delete");
  const number = numberOf(params.id);
  if (number === null) throw missing("There is no such post of yours.");
  if (await removeReply(context, caller.account.id, number)) return done();
  const subject = await context.numbers.subject(number);
  if (!subject || subject.blogId === "") throw missing("There is no such post of yours.");
  if (await removeBookmark(context, caller.account.id, subject.id)) return done();
  await removeOwnPost(context, caller, subject);
  return done();
}

function removeReply(context: Own, accountId: string, number: number): Promise<boolean> {
  return wasThere(() =>
    askPeer(context, "replies.store", {
      question: async (store: Replies) => (await store.remove(accountId, number), true),
      otherwise: false,
    }),
  );
}

/** Takes a bookmark away, by the id of its post; false when this person has none of that id. */
export function removeBookmark(context: Own, accountId: string, id: string): Promise<boolean> {
  return wasThere(() =>
    askPeer(context, "bookmarks.store", {
      question: async (store: Bookmarks) => (await store.remove(accountId, id), true),
      otherwise: false,
    }),
  );
}

async function removeOwnPost(
  context: Own,
  { account, token }: Caller,
  { id, blogId }: { id: string; blogId: string },
): Promise<void> {
  if (token.blogId !== null && token.blogId !== blogId) throw missing("There is no such post of yours.");
  const there = await context.as({ blog: blogId });
  const post = await there.posts.byId(id);
  if (!post || post.status === "trash" || post.authorId !== account.id) throw missing("There is no such post of yours.");
  const acting = await context.as({ accountId: account.id, blog: blogId, via: token.clientId || token.name });
  await acting.posts.remove(id);
}

async function wasThere(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PublicError && error.status === 404) return false;
    throw error;
  }
}
