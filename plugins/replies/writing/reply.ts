import { PublicError } from "rookery/plugin";
import type { RepliesStore, Written } from "../api.ts";
import { often } from "../bounds.ts";
import { wantsCopies } from "../choices.ts";
import { settle } from "../delivery/settle.ts";
import { dropDraft, keepDraft } from "../drafts.ts";
import type { Own } from "../own.ts";
import { rowById } from "../rows/find.ts";
import { keepReply, sentBefore, type NewReply } from "../rows/keep.ts";
import { urlOf, type ReplyRow } from "../rows/reply-row.ts";
import { addressee } from "../text/names.ts";
import { htmlOf, readText } from "../text/read-text.ts";
import { targetOf, type Target } from "./target.ts";

type ReplyWish = Parameters<RepliesStore["reply"]>[0];
type MentionWish = Parameters<RepliesStore["mention"]>[0];

/** Answers what stands under a number; 0 stands for a mention. What is refused is kept as a draft. */
export function reply(context: Own, wish: ReplyWish): Promise<ReplyRow> {
  if (wish.number === 0) return mention(context, wish);
  return keptOnRefusal(context, { accountId: wish.accountId, number: wish.number, text: wish.text }, async () => {
    const source = readText(wish.text);
    const target = await targetOf(context, wish.accountId, wish.number);
    const wantsCopy = wish.copy ?? (await wantsCopies(context, wish.accountId));
    return send(context, { kind: "reply", accountId: wish.accountId, source, target, wantsCopy, key: wish.key });
  });
}

/** Says something to somebody here that answers nothing. */
export function mention(context: Own, { accountId, text, key }: MentionWish): Promise<ReplyRow> {
  return keptOnRefusal(context, { accountId, number: 0, text }, async () => {
    const source = readText(text);
    const to = await addressee(context, source);
    if (!to) throw new PublicError("no-name", "Begin with the name of somebody here, such as @kim.", 422);
    const target: Target = {
      number: 0,
      url: "",
      blogId: "",
      postId: "",
      parentSource: "",
      accountId: to.id,
      name: to.name || to.username,
    };
    return send(context, { kind: "mention", accountId, source, target, wantsCopy: false, key });
  });
}

/** As apps are told of it. */
export const written = (context: Own, row: ReplyRow): Written => ({ number: row.number, url: urlOf(context, row) });

async function send(context: Own, wish: Omit<NewReply, "html">): Promise<ReplyRow> {
  const { accountId, target } = wish;
  // Whoever is suspended says nothing.
  await context.as({ accountId, blog: null });
  const before = await sentBefore(context, wish);
  const html = before ? "" : await limited(context, accountId, () => htmlOf(context, wish.source));
  const row = before ?? (await keepReply(context, { ...wish, html }));
  // What did not arrive at once is delivered by a job; the reply itself is safe.
  await settle(context, row);
  const now = await rowById(context, row.id);
  // Of two who send the same at once, the second finds it gone already.
  if (!now || (now.state === "failed" && now.reason === "refused" && !before)) {
    await context.tables.run("DELETE FROM p_replies_replies WHERE id = ? AND state = 'failed'", [row.id]);
    throw new PublicError("not-taken", "This blog does not take your reply.", 403);
  }
  await dropDraft(context, accountId, target.number);
  return now;
}

async function limited<T>(context: Own, accountId: string, work: () => Promise<T>): Promise<T> {
  for (const { name, times, seconds } of often) await context.limit(`${name} ${accountId}`, { times, seconds });
  return work();
}

async function keptOnRefusal<T>(
  context: Own,
  { accountId, number, text }: { accountId: string; number: number; text: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await keepDraft(context, accountId, number, text);
    throw error;
  }
}
