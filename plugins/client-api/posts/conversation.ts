import type { Reply } from "rookery/plugin";
import type { Conversation, Item } from "../../timeline/api.ts";
import { invalid, missing } from "../wire/answers.ts";
import { feedReply } from "../wire/feed.ts";
import { countOf, textOf } from "../wire/input.ts";
import { askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import { entriesOf } from "./items.ts";
import { openToVisitors } from "./people.ts";

/** `GET /posts/conversation?id=`: the whole of it, the newest first and what began it last, each reply with what it answers. */
export async function conversation({ context, caller, request, input }: Call): Promise<Reply> {
  const text = textOf(input, "id");
  if (!/^\d{1,20}$/.test(text)) throw invalid("id must be the id of a post, which is a whole number.");
  const number = Math.min(Number(text), 2_147_483_647);
  if (!caller) await openToVisitors(context);
  const found = await askTimeline(context, (store) => store.conversation(caller?.account.id ?? null, number));
  if (!found) throw missing("There is no such conversation.");
  const items = [...found.replies.toReversed(), ...(found.root ? [found.root] : [])].slice(-countOf(input, 1_000, 1_000));
  const above = answeredIn(found);
  const more = (item: Item) => {
    const answered = above(item);
    return { is_conversation: items.length > 1, ...(answered !== null && { reply_to_id: String(answered) }) };
  };
  const list = await entriesOf(context, caller, items, { more });
  return feedReply(context, { title: "Conversation", home: `/c/${number}`, path: `${request.path}?id=${number}`, items: list });
}

// What is not here any more is taken for what began it.
function answeredIn({ root, replies }: Conversation): (item: Item) => number | null {
  const byUrl = new Map(
    [root, ...replies].flatMap((item) =>
      item
        ? [
            [item.url, item.number],
            [page(item.url), item.number],
          ]
        : [],
    ) as [string, number][],
  );
  return (item) => {
    if (item.number === root?.number) return null;
    const answered = byUrl.get(item.replyTo) ?? byUrl.get(page(item.replyTo)) ?? root?.number ?? null;
    return answered === item.number ? (root?.number ?? null) : answered;
  };
}

const page = (url: string): string => url.replace(/#.*$/, "");
