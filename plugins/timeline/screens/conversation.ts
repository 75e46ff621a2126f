import { numberFrom } from "../ids.ts";
import type { ReplyForm } from "../api.ts";
import { missing, storeOf, type Request } from "./request.ts";
import { rowsOf } from "./rows.ts";

/** What was said, and what was answered, in the order it is read, with a box to answer the one that was opened. */
export async function conversationPage(request: Request) {
  const { account, context, params } = request;
  const number = numberFrom(params.number);
  if (number === null || (!account && !context.settings.publicPages)) throw missing("no-item");
  const found = await storeOf(request).conversation(account?.id ?? null, number);
  if (!found) throw missing("no-item");
  const { root, isRootGone, replies } = found;
  const rows = await rowsOf(request, [...(root ? [root] : []), ...replies]);
  const opened = rows.find((row) => row.number === number);
  return {
    template: "conversation",
    data: {
      root: root ? rows[0] : null,
      isRootGone,
      replies: root ? rows.slice(1) : rows,
      here: number,
      box: opened && (await boxOf(request, number)),
      answers: opened?.author.name ?? "",
      signInAt: account ? null : `/signin?next=${encodeURIComponent(request.path)}`,
    },
  };
}

async function boxOf({ account, context, language }: Request, number: number): Promise<ReplyForm | null> {
  if (!account) return null;
  const form = (await context.call("timeline.reply", { number, accountId: account.id, language })) as ReplyForm | undefined;
  const isSound = form && /^\/(?![/\\])/.test(form.action) && /^[a-zA-Z][\w-]*$/.test(form.field);
  return isSound ? form : null;
}
