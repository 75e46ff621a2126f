import type { Item } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import { askTimeline } from "../wire/peers.ts";
import { countOf, flagOf } from "../wire/input.ts";
import { cameAt, entriesOf, itemsOf, type Desk } from "./entries.ts";
import { momentIn } from "./moments.ts";
import { saidOf } from "./said.ts";
import { unreadOf } from "./unread.ts";

/** What a client wants of a list of entries. */
export type EntryWish = {
  readonly skip: number;
  readonly count: number;
  readonly since: string | null;
  readonly ids: readonly number[] | null;
  readonly isRead: boolean | undefined;
  readonly isStarred: boolean | undefined;
};

const [usual, most, mostSkipped] = [100, 250, 5_000];
/** Entries may have been written so long before they came: beyond that, nobody looks for new ones. */
const late = 7 * 86_400_000;

/** Reads what a client wants. */
export function entryWish(input: URLSearchParams): EntryWish {
  const count = countOf(input, usual, most, "per_page");
  const page = Math.max(countOf(input, 1, 10_000, "page"), 1);
  const ids = input.get("ids");
  return {
    count,
    skip: Math.min((page - 1) * count, mostSkipped),
    since: momentIn(input.get("since")),
    ids: ids === null ? null : idsIn(ids.split(",")).slice(0, most),
    isRead: flagOf(input, "read"),
    isStarred: flagOf(input, "starred"),
  };
}

/** Whole numbers among texts, each once. */
export function idsIn(texts: readonly string[]): number[] {
  const numbers = texts.map((text) => (/^\s*\d{1,10}\s*$/.test(text) ? Number(text) : 0));
  return [...new Set(numbers)].filter((number) => number >= 1 && number <= 2_147_483_647);
}

/** The entries a client wants, the newest first. */
export async function listEntries(context: Own, desk: Desk, wish: EntryWish): Promise<readonly Item[]> {
  const { skip, count, ids, isStarred } = wish;
  if (ids)
    return (await itemsOf(context, desk.accountId, ids)).toSorted((a, b) =>
      a.at < b.at ? 1 : a.at > b.at ? -1 : b.number - a.number,
    );
  if (isStarred === true) {
    const stars = await saidOf(context, desk.accountId, "star", true);
    return itemsOf(context, desk.accountId, stars.slice(skip, skip + count));
  }
  return part(entriesOf(context, desk), await filterOf(context, desk, wish), wish);
}

/** What one source said. */
export async function entriesOfSource(context: Own, { accountId }: Desk, sourceId: string, wish: EntryWish) {
  async function* said(): AsyncGenerator<Item> {
    for (let before: number | undefined, seen = 0; seen < mostSkipped; seen += 200) {
      const place = before === undefined ? {} : { before };
      const page = await askTimeline(context, (store) => store.profile(accountId, sourceId, { ...place, limit: 200 }));
      yield* page.items;
      if (page.next === null) return;
      before = page.next;
    }
  }
  return part(said(), await filterOf(context, { accountId, feeds: new Map() }, { ...wish, isRead: undefined }), wish);
}

async function part(
  all: AsyncIterable<Item>,
  isWanted: (item: Item) => boolean,
  { skip, count, since }: EntryWish,
): Promise<Item[]> {
  const found: Item[] = [];
  const oldest = since === null ? "" : new Date(Date.parse(since) - late).toISOString();
  let passed = 0;
  for await (const item of all) {
    if (found.length >= count || item.at < oldest) break;
    if (!isWanted(item)) continue;
    if (passed++ >= skip) found.push(item);
  }
  return found;
}

async function filterOf(context: Own, desk: Desk, { since, isRead, isStarred }: EntryWish): Promise<(item: Item) => boolean> {
  const unread = isRead === undefined ? null : new Set(await unreadOf(context, desk));
  const stars = isStarred === undefined ? null : new Set(await saidOf(context, desk.accountId, "star", true));
  return (item) =>
    (since === null || cameAt(item) >= since) &&
    (unread === null || unread.has(item.number) !== isRead) &&
    (stars === null || stars.has(item.number) === isStarred);
}
