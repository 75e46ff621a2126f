import { numberFrom } from "../ids.ts";
import { missing, rowOf, storeOf, type Request } from "./request.ts";

/** What was said, and what was answered, in the order it is read. */
export async function conversationPage(request: Request) {
  const { account, context, params } = request;
  const number = numberFrom(params.number);
  if (number === null || (!account && !context.settings.publicPages)) throw missing("no-item");
  const found = await storeOf(request).conversation(account?.id ?? null, number);
  if (!found) throw missing("no-item");
  const { root, isRootGone, replies } = found;
  return {
    template: "conversation",
    data: {
      root: root && rowOf(request, root),
      isRootGone,
      replies: replies.map((one) => rowOf(request, one)),
      here: number,
    },
  };
}
