import { PublicError, type Reply } from "rookery/plugin";
import { clockOf } from "../account/clock.ts";
import { done, invalid } from "../wire/answers.ts";
import { dated, seconds } from "../wire/dates.ts";
import { feedReply } from "../wire/feed.ts";
import { textOf } from "../wire/input.ts";
import { partOf } from "../wire/paging.ts";
import { askPeer } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import type { OwnReply, Replies } from "../wire/shapes.ts";
import { whenOf } from "../wire/when.ts";

const kind = "replies.store";

/** `GET /posts/replies`: what the caller answered, as they wrote it. */
export async function ownReplies({ context, request, input, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const { before, since = 0, limit } = partOf(input);
  const search = textOf(input, "q", "search");
  const wish = { limit, ...(before !== undefined && { before }), ...(search && { search }) };
  const nothing = { items: [] as readonly OwnReply[] };
  const { items } =
    limit === 0
      ? nothing
      : await askPeer(context, kind, { question: (store: Replies) => store.own(account.id, wish), otherwise: nothing });
  const clock = await clockOf(context, account);
  const newer = items.filter(({ number }) => number > since);
  const list = newer.map(({ number, url, source, html, at }) => ({
    id: String(number),
    content_text: source,
    content_html: html,
    url,
    date_published: dated(at),
    _microblog: { date_relative: whenOf(at, context.clock.now(), clock), date_timestamp: seconds(at) },
  }));
  return feedReply(context, { title: "Replies", home: "/replies", path: request.path, items: list });
}

/** `POST /posts/reply`: answers a post; `id=0` says something to whom the text begins with. */
export async function reply({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("create");
  const text = textOf(input, "content", "text");
  const id = textOf(input, "id");
  if (text === "") throw invalid("There is no text: the field content is empty.");
  if (!/^\d{1,20}$/.test(id)) throw invalid("id must be the id of the post, or 0 for a mention.");
  const number = Math.min(Number(id), 2_147_483_647);
  if (number === 0 && !text.startsWith("@")) throw invalid("A mention begins with @ and a name.");
  const written = await askPeer(context, kind, {
    question: (store: Replies) =>
      number === 0 ? store.mention({ accountId: account.id, text }) : store.reply({ accountId: account.id, number, text }),
    otherwise: null,
    limit: 8_000,
  });
  if (!written) throw new PublicError("not_available", "Replies are switched off at this installation.", 404);
  return done();
}
