import { PublicError, type Account, type Blog } from "rookery/plugin";
import { addressOf, hubOf, placeOn, type Own } from "../own.ts";
import { urlOf, type ReplyRow } from "../rows/reply-row.ts";
import { timeline } from "../timeline.ts";
import { dropCopy, keepCopy, type Copy } from "./copy.ts";
import { tellOutside } from "./outside.ts";
import { tellPeople } from "./tell.ts";

/** What became of it. */
export type Delivered = { readonly number: number; readonly state: "sent"; readonly reason: "" };

/**
 * Brings a reply to where it belongs: under the post it answers, or, where that stands outside this installation, into the timelines of
 * whoever follows its writer. Run again it changes what is there. PublicError for what cannot be delivered at all.
 */
export async function deliver(context: Own, given: ReplyRow): Promise<Delivered> {
  const account = await context.accounts.byId(given.accountId);
  if (!account) throw new PublicError("no-account", "This person left.", 404);
  const copy = await keepCopy(context, given, account);
  // Its address is the first of its copy as long as there is one: by that others know it, and it leads on to where the copy stands now.
  const row = { ...given, copyUrl: given.wantsCopy ? given.copyUrl || (copy?.url ?? "") : "" };
  const movedFrom = (!given.wantsCopy && given.copyUrl) || addressOf(context, given.id);
  const placed = await place(context, row, { account, copy, movedFrom });
  if (given.copyPost !== "" && !given.wantsCopy) await dropCopy(context, given);
  const told = { account, isPost: copy !== null, isChange: given.number > 0 };
  if (placed.subject !== "") await tellPeople(context, row, { ...told, ...placed });
  return { number: placed.number, state: "sent", reason: "" };
}

/** `movedFrom`: its address until now, also where that did not change. */
type Voice = { readonly account: Account; readonly copy: Copy | null; readonly movedFrom: string };

/** `subject`: what people are told about; nothing while it waits for a yes. */
type Placed = { readonly number: number; readonly subject: string; readonly postAuthor: string };

async function place(context: Own, row: ReplyRow, voice: Voice): Promise<Placed> {
  if (row.targetBlog !== "") return underPost(context, row, voice);
  if (voice.copy) {
    await leavePage(context, row);
    return { number: voice.copy.number, subject: row.id, postAuthor: "" };
  }
  const number = await timeline(context, (store) =>
    store.putOwn({
      key: row.id,
      accountId: row.accountId,
      url: urlOf(context, row),
      html: row.html,
      publishedAt: row.createdAt,
      replyTo: row.targetUrl,
    }),
  );
  await tellOutside(context, row);
  return { number, subject: row.id, postAuthor: "" };
}

// What stood at its own page until now is a post of its writer's blog from now on; the page is gone, and says where it is.
async function leavePage(context: Own, row: ReplyRow): Promise<void> {
  const wasThere = await timeline(context, (store) => store.numberOf(addressOf(context, row.id)));
  if (wasThere === null) return;
  await timeline(context, (store) => store.remove(row.accountId, [row.id]));
  await tellOutside(context, row);
}

async function underPost(context: Own, row: ReplyRow, { account, copy, movedFrom }: Voice): Promise<Placed> {
  const there = await placeOn(context, row.targetBlog);
  const post = await there?.posts.byId(row.targetPost);
  if (!there || post?.status !== "published" || post.visibility === "private")
    throw new PublicError("gone", "The post is not there any more.", 404);
  const stored = await there.interactions.receive({
    kind: "reply",
    source: urlOf(context, row),
    movedFrom,
    postId: row.targetPost,
    author: await authorOf(context, account, copy?.blog ?? null),
    // As a webmention of the copy would bring it: then the blog need not decide about it twice.
    html: copy?.html ?? row.html,
    publishedAt: copy?.publishedAt ?? row.createdAt,
    accountId: account.id,
    ...(row.parentSource !== "" && { parentSource: row.parentSource }),
  });
  if (!stored) throw new PublicError("refused", "The blog did not take it.", 403);
  return {
    number: copy?.number ?? stored.number,
    subject: stored.state === "visible" ? stored.id : "",
    postAuthor: post.authorId,
  };
}

async function authorOf(context: Own, { name, username, photo }: Account, blog: Blog | null) {
  const home = blog ?? (await context.accounts.homeOf(username));
  return { name: name || (blog?.title ?? username), url: home?.url ?? `${hubOf(context)}/people/${username}`, photo };
}
