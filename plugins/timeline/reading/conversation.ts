import type { Conversation, Item } from "../api.ts";
import { itemAt } from "../coming/known.ts";
import { pageOf } from "../coming/store-item.ts";
import { largestPage, longestConversation } from "../bounds.ts";
import { hashOf, marks } from "../ids.ts";
import type { Own } from "../settings.ts";
import { itemsAnswering, itemsByNumber, type Known } from "./items.ts";
import { readerOf, wants, type Reader } from "./reader.ts";

const deepest = 20;

/** One item, if whoever asks may see it; visitors see what was said on this installation. */
export async function itemFor(context: Own, accountId: string | null, number: number): Promise<Item | null> {
  const known = (await itemsByNumber(context, [number])).get(number);
  return known && isOpen(known, accountId) && wants(await readerOf(context, accountId), known) ? known.item : null;
}

/** The items at some addresses, by these, as far as whoever asks may see them. */
export async function itemsAt(
  context: Own,
  accountId: string | null,
  urls: readonly string[],
): Promise<ReadonlyMap<string, Item>> {
  const by = new Map(urls.slice(0, largestPage).map((url) => [hashOf(pageOf(url)), url]));
  if (by.size === 0) return new Map();
  const rows = await context.tables.query<{ number: number; url_hash: string }>(
    `SELECT number, url_hash FROM p_timeline_items WHERE url_hash IN (${marks(by.size)}) ORDER BY number DESC`,
    [...by.keys()],
  );
  const [known, reader] = [
    await itemsByNumber(
      context,
      rows.map(({ number }) => number),
    ),
    await readerOf(context, accountId),
  ];
  return new Map(
    rows.flatMap(({ number, url_hash: hash }) => {
      const one = known.get(number);
      return one && isOpen(one, accountId) && wants(reader, one) ? [[by.get(hash)!, one.item] as const] : [];
    }),
  );
}

/** The conversation an item is part of: up to what began it, then down to all that answers it. Null for an item there is none of. */
export async function conversationOf(context: Own, accountId: string | null, number: number): Promise<Conversation | null> {
  const asked = (await itemsByNumber(context, [number])).get(number);
  if (!asked || isUnseen(asked, accountId) || asked.isAway || !isOpen(asked, accountId)) return null;
  const reader = await readerOf(context, accountId);
  const root = await rootOf(context, asked, accountId);
  const replies = await below(context, root, reader);
  const isShown = wants(reader, root) && isOpen(root, accountId);
  if (!isShown && replies.length === 0) return null;
  return { root: isShown ? root.item : null, isRootGone: root.state === "removed", replies };
}

// Another installation's words are for who reads here, not for everybody.
const isOpen = ({ isLocal }: Known, accountId: string | null): boolean => accountId !== null || isLocal;

const isUnseen = ({ state, item }: Known, accountId: string | null): boolean =>
  state === "held" || (state === "kept" && item.author.sourceId !== accountId);

async function rootOf(context: Own, from: Known, accountId: string | null): Promise<Known> {
  let root = from;
  for (let step = 0; step < deepest && root.item.replyTo !== ""; step++) {
    const above = await itemAt(context, root.item.replyTo);
    const known = above && (await itemsByNumber(context, [above.number])).get(above.number);
    if (!known || known.item.number === root.item.number || isUnseen(known, accountId)) break;
    root = known;
  }
  return root;
}

async function below(context: Own, root: Known, reader: Reader): Promise<readonly Item[]> {
  const found = new Map<number, Known>();
  let level = [root];
  for (let step = 0; step < deepest && level.length > 0 && found.size < longestConversation; step++) {
    const next: Known[] = [];
    for (const { item } of level)
      for (const one of await itemsAnswering(context, hashOf(pageOf(item.url)), longestConversation - found.size))
        if (!found.has(one.item.number) && one.item.number !== root.item.number) {
          found.set(one.item.number, one);
          next.push(one);
        }
    level = next;
  }
  const shown = [...found.values()].filter((one) => wants(reader, one) && isOpen(one, reader.accountId)).map(({ item }) => item);
  return shown.toSorted((a, b) => (a.at < b.at || (a.at === b.at && a.number < b.number) ? -1 : 1));
}
