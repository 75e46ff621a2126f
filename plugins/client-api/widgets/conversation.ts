import type { Reply } from "rookery/plugin";
import { clockOf } from "../account/clock.ts";
import type { Own } from "../settings.ts";
import { answer, invalid, missing } from "../wire/answers.ts";
import { feedOf } from "../wire/feed.ts";
import { textOf } from "../wire/input.ts";
import { postItem } from "../wire/item.ts";
import { html } from "../wire/markup.ts";
import type { Call } from "../wire/route.ts";
import { whenOf } from "../wire/when.ts";
import { jf2Of } from "./jf2.ts";
import { postWithAuthor } from "./posts.ts";
import { openHeaders, scriptReply } from "./script.ts";
import { threadOf, type Thread } from "./thread.ts";

/** `GET /conversation.js?url=`: what was answered to a post, as a JSON Feed, as jf2, or as a script that writes it into a page. */
export async function conversationReply({ context, input }: Call): Promise<Reply> {
  const [url, format] = [textOf(input, "url"), textOf(input, "format")];
  if (!/^https?:\/\//i.test(url) || url.length > 2_048) throw invalid("Send the address of a post as url.");
  const thread = await threadOf(context, url);
  if (!thread) throw missing("There is no conversation about this address here.");
  if (format === "jsonfeed") return { ...answer(await jsonFeedOf(context, thread)), headers: openHeaders };
  if (format === "jf2") return { ...answer(jf2Of(url, thread)), headers: openHeaders };
  const posts = thread.replies.map((reply) => postWithAuthor(context.site.url, reply));
  return scriptReply(html`<div class="microblog_conversation">${posts}</div>`);
}

async function jsonFeedOf(context: Own, { url, page, replies }: Thread) {
  const { site, clock } = context;
  const [style, now] = [await clockOf(context, null), clock.now()];
  const path = `/conversation.js?${new URLSearchParams({ url, format: "jsonfeed" })}`;
  const items = replies.toReversed().map((reply) => {
    const item = postItem(site.url, reply, { when: whenOf(reply.at, now, style), isConversation: true });
    return { ...item, _microblog: { ...item._microblog, ...(reply.replyTo > 0 && { reply_to_id: String(reply.replyTo) }) } };
  });
  return feedOf(site.url, { title: "Conversation", path, home: page, items });
}
