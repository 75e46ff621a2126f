import type { Reply } from "rookery/plugin";
import { done, missing } from "../wire/answers.ts";
import { dated } from "../wire/dates.ts";
import { feedReply } from "../wire/feed.ts";
import { numberOf } from "../wire/input.ts";
import { partOf } from "../wire/paging.ts";
import { askPeer } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import type { Bookmarks, Passage } from "../wire/shapes.ts";

const kind = "bookmarks.store";

/** `GET /posts/bookmarks/highlights`: passages the caller marked in saved pages; their ids are numbers. */
export async function highlights({ context, request, input, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const { before, limit } = partOf(input);
  const last = before === undefined ? null : await context.numbers.subject(before);
  const isEmpty = limit === 0 || (before !== undefined && !last);
  const filter = { limit, ...(last && { before: last.id }) };
  const passages: readonly Passage[] = isEmpty
    ? []
    : await askPeer(context, kind, { question: (store: Bookmarks) => store.highlights(account.id, filter), otherwise: [] });
  const numbers = await context.numbers.of(passages.map(({ id }) => id));
  const items = passages.map(({ id, title, url, quote, createdAt }) => ({
    id: numbers.get(id) ?? 0,
    title,
    url,
    content_text: quote,
    date_published: dated(createdAt),
  }));
  const home = "/highlights";
  return feedReply(context, { title: "Highlights", home, path: request.path, items, more: { count: items.length } });
}

/** `DELETE /posts/bookmarks/highlights/:id`. */
export async function dropHighlight({ context, params, need }: Call): Promise<Reply> {
  const { account } = need("delete");
  const number = numberOf(params.id);
  const subject = number === null ? null : await context.numbers.subject(number);
  const isGone =
    subject !== null &&
    (await askPeer(context, kind, {
      question: (store: Bookmarks) => store.removeHighlight(account.id, subject.id),
      otherwise: false,
    }));
  if (!isGone) throw missing("There is no such highlight.");
  return done();
}
