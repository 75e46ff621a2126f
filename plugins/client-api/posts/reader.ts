import type { Item } from "../../timeline/api.ts";
import { clockOf } from "../account/clock.ts";
import { notesAttached } from "../notes/attached.ts";
import type { Own } from "../settings.ts";
import type { Caller } from "../wire/caller.ts";
import { askPeer, askTimeline } from "../wire/peers.ts";
import type { ReaderFacts } from "../wire/item.ts";
import type { Bookmarks } from "../wire/shapes.ts";
import { whenOf } from "../wire/when.ts";

/** What is so for whoever reads, of each of these items: asked for all at once. */
export async function readerFacts(
  context: Own,
  caller: Caller | null,
  items: readonly Item[],
): Promise<(item: Item) => ReaderFacts> {
  const clock = await clockOf(context, caller?.account ?? null);
  const now = context.clock.now();
  const when = (item: Item) => whenOf(item.at, now, clock);
  const usual = (item: Item) => ({ when: when(item), isConversation: item.isConversation, isLinkPost: item.isLink });
  if (!caller || items.length === 0) return usual;
  const { id, username } = caller.account;
  const followed = await askTimeline(context, (store) =>
    store.followed(
      id,
      items.map(({ author }) => author.sourceId),
    ),
  );
  const saved = await savedAmong(context, id, items);
  const notes = await notesAttached(
    context,
    id,
    items.map(({ number }) => number),
  );
  const named = new RegExp(`(^|[^\\w@])@${username}(?![\\w-])`, "i");
  return (item) => {
    const isYou = item.author.sourceId === id;
    // What a site elsewhere writes behind an @ names somebody there.
    const isNamed = !/[.@]/.test(item.author.handle) && named.test(item.html.replace(/<[^>]*>/g, ""));
    return {
      ...usual(item),
      isYou,
      isFollowing: followed.has(item.author.sourceId),
      isBookmark: saved.has(item.url),
      note: notes.get(item.number) ?? "",
      isDeletable: isYou,
      isMention: !isYou && (item.replySourceId === id || isNamed),
    };
  };
}

// Nobody saves what was not there yet, so only bookmarks since the oldest of them are looked at.
function savedAmong(context: Own, accountId: string, items: readonly Item[]): Promise<ReadonlyMap<string, unknown>> {
  const oldest = items.reduce((at, item) => (item.at < at ? item.at : at), items[0]!.at);
  const urls = items.map(({ url }) => url);
  return askPeer(context, "bookmarks.store", {
    question: (store: Bookmarks) => store.savedAmong(accountId, urls, oldest),
    otherwise: new Map<string, unknown>(),
  });
}
