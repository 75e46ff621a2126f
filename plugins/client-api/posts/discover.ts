import type { Reply } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import { toldBook } from "../books/told-book.ts";
import type { Own } from "../settings.ts";
import { feedReply } from "../wire/feed.ts";
import { partOf } from "../wire/paging.ts";
import { askPeer, askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import type { Shelves } from "../wire/shapes.ts";
import { entriesOf } from "./items.ts";

const kind = "discover.shelves";

/** `GET /posts/discover` and `/posts/discover/:topic`: what curators picked, with the topics. Empty while nobody keeps shelves. */
export async function discover({ context, caller, params, request, input }: Call): Promise<Reply> {
  const { before, since, limit } = partOf(input);
  const topic = params.topic;
  const about = topic === undefined ? {} : { topic };
  const wish = {
    ...about,
    limit,
    ...(before !== undefined && { before: await pickOf(context, about, before) }),
    ...(since !== undefined && { since: await pickOf(context, about, since) }),
  };
  const isNothing = limit === 0 || wish.before === 0;
  const entries = isNothing ? [] : (await picks(context, wish)).entries;
  const reader = caller?.account.id ?? null;
  const found = await askTimeline(context, (store) => Promise.all(entries.map(({ number }) => store.item(reader, number))));
  const items: readonly Item[] = found.filter((item) => item !== null);
  const path = topic === undefined ? "/discover" : `/discover/${encodeURIComponent(topic)}`;
  const list = await entriesOf(context, caller, items, { more: ({ html }) => aboutBook(html, context.site.url) });
  return feedReply(context, {
    title: "Discover",
    home: path,
    path: request.path,
    items: list,
    more: { tagmoji: await topicsOf(context, caller?.account.language) },
  });
}

// Apps for readers take the book from here.
function aboutBook(html: string, siteUrl: string): { readonly [name: string]: string } {
  const book = toldBook(html, siteUrl);
  return book ? { isbn: book.isbn, book_title: book.title, book_author: book.author } : {};
}

// One app waits for ever when there are one or two.
async function topicsOf(context: Own, language: string | undefined) {
  const topics = await askPeer(context, kind, { question: (shelves: Shelves) => shelves.topics(language), otherwise: [] });
  if (topics.length < 3) return [];
  return topics.map(({ slug, title, emoji, isFeatured }) => ({ name: slug, title, emoji, is_featured: isFeatured }));
}

const picks = (context: Own, wish: Parameters<Shelves["picks"]>[0]) =>
  askPeer(context, kind, {
    question: (shelves: Shelves) => shelves.picks(wish),
    otherwise: { entries: [], next: null } as Awaited<ReturnType<Shelves["picks"]>>,
  });

// Apps page by the id of the post, shelves by the number of the pick. 0 when it is not on the shelf.
async function pickOf(context: Own, about: { topic?: string }, number: number): Promise<number> {
  const known = await askPeer(context, kind, { question: async (shelves: Shelves) => shelves.pickOf?.(number), otherwise: null });
  if (known !== undefined) return known ?? 0;
  for (let before: number | null = 0, round = 0; before !== null && round < 10; round++) {
    const page: Awaited<ReturnType<Shelves["picks"]>> = await picks(context, {
      ...about,
      limit: 200,
      ...(before > 0 && { before }),
    });
    const found = page.entries.find((entry) => entry.number === number);
    if (found) return found.pick;
    before = page.next;
  }
  return 0;
}
