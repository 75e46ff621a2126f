import type { ActionsWish, ItemAction, ReplyForm, ReplyWish } from "../timeline/api.ts";
import { editable } from "./bounds.ts";
import { wantsCopies } from "./choices.ts";
import { draftOf } from "./drafts.ts";
import { addressOf, type Own } from "./own.ts";

/** What the reply box below a conversation posts to, with what was begun before. */
export async function replyBox(context: Own, { number, accountId, language }: ReplyWish): Promise<ReplyForm> {
  const copies = await wantsCopies(context, accountId);
  return {
    action: `/replies/to/${number}?from=${accountId}`,
    field: "text",
    draft: await draftOf(context, accountId, number),
    ...(copies && { note: context.t("box.copies", {}, language) }),
  };
}

/** Links in an item's menu: to answer it, and to change one's own. */
export function actionsOf(context: Own, { item, accountId, language }: ActionsWish): readonly ItemAction[] {
  if (accountId === null) return [];
  const reply = { id: "reply", label: context.t("list.reply", {}, language), href: `/replies/to/${item.number}`, order: 10 };
  const isOwn = item.author.sourceId === accountId && item.url.startsWith(addressOf(context, ""));
  if (!isOwn) return [reply];
  const isYoung = context.clock.now().getTime() - Date.parse(item.at) < editable;
  const label = context.t(isYoung ? "list.change" : "list.delete", {}, language);
  return [reply, { id: "edit-reply", label, href: `${new URL(item.url).pathname}/edit`, order: 20 }];
}
