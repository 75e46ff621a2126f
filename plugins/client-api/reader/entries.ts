import { isUlid, plainText } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import { missing } from "../wire/answers.ts";
import { askTimeline } from "../wire/peers.ts";
import { finely } from "./moments.ts";

/** What somebody reads by: the numbers of the sources they follow. */
export type Desk = { readonly accountId: string; readonly feeds: ReadonlyMap<string, number> };

const [pageOfItems, mostItems] = [200, 5_000];

/** The desk of somebody. */
export async function deskOf(context: Own, accountId: string): Promise<Desk> {
  const sources = await askTimeline(context, (store) => store.following(accountId));
  const numbers = await context.numbers.of(sources.map(({ id }) => id));
  return { accountId, feeds: numbers };
}

/** What the sources somebody follows said, the newest first; what they said themselves is nothing to read. */
export async function* entriesOf(context: Own, { accountId }: Desk): AsyncGenerator<Item> {
  for (let before: number | undefined, seen = 0; seen < mostItems; seen += pageOfItems) {
    const place = before === undefined ? {} : { before };
    const page = await askTimeline(context, (store) => store.home(accountId, { ...place, limit: pageOfItems }));
    for (const item of page.items) if (item.author.sourceId !== accountId) yield item;
    if (page.next === null) return;
    before = page.next;
  }
}

/** When an item came here: a feed may bring it long after it was written. */
export function cameAt({ id, at }: Pick<Item, "id" | "at">): string {
  const made = isUlid(id) ? timeOf(id) : 0;
  return made > Date.parse(at) ? new Date(made).toISOString() : at;
}

/** Items by their numbers, in that order; those that are gone, or not for this person, are left out. */
export async function itemsOf(context: Own, accountId: string, numbers: readonly number[]): Promise<readonly Item[]> {
  const found: Item[] = [];
  for (const number of numbers) {
    const item = await askTimeline(context, (store) => store.item(accountId, number));
    if (item) found.push(item);
  }
  return found;
}

/** One item; PublicError 404. */
export async function itemOf(context: Own, accountId: string, number: number): Promise<Item> {
  const [item] = await itemsOf(context, accountId, [number]);
  if (!item) throw missing("There is no such entry.");
  return item;
}

/** The number of the feed an item came by. */
export async function feedOf(context: Own, { feeds }: Desk, { author, blogId }: Item): Promise<number> {
  const known = feeds.get(author.sourceId) ?? feeds.get(blogId);
  if (known !== undefined) return known;
  const id = author.sourceId || blogId;
  return id === "" ? 0 : ((await context.numbers.of([id])).get(id) ?? 0);
}

/** Entries as apps read them. Of posts here all their words; of others what the timeline keeps. */
export async function entriesJson(context: Own, desk: Desk, items: readonly Item[]) {
  const json = [];
  const places = new Map<string, Promise<Own | null>>();
  const place = (blogId: string) => {
    const known = places.get(blogId) ?? context.as({ blog: blogId }).catch(() => null);
    places.set(blogId, known);
    return known;
  };
  for (const item of items) {
    const content = (await wholePost(place, item)) ?? item.html;
    json.push({
      id: item.number,
      feed_id: await feedOf(context, desk, item),
      title: item.title,
      author: item.author.name,
      summary: plainText(item.html).slice(0, 280).toWellFormed(),
      content,
      url: item.url,
      published: finely(item.at),
      created_at: finely(cameAt(item)),
    });
  }
  return json;
}

async function wholePost(place: (blogId: string) => Promise<Own | null>, { blogId, kind, id }: Item): Promise<string | null> {
  if (blogId === "" || kind !== "post" || !isUlid(id)) return null;
  const post = await (await place(blogId))?.posts.byId(id);
  return post?.status === "published" && post.visibility === "public" ? post.html : null;
}

// The first ten letters of a ULID are the milliseconds (Crockford's base 32).
function timeOf(id: string): number {
  const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return id
    .slice(0, 10)
    .split("")
    .reduce((time, letter) => time * 32 + letters.indexOf(letter), 0);
}
