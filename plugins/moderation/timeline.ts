import type { TimelineStore, Item } from "../timeline/api.ts";
import type { Own } from "./settings.ts";

export type { Item };

/** What the timeline knows; this plugin requires it. */
function ask<T>(context: Own, question: (store: TimelineStore) => Promise<T>): Promise<T> {
  return context.ask("timeline.store", "timeline", question, 10_000);
}

/** An item as somebody sees it; null for none. */
export const itemFor = (context: Own, accountId: string | null, number: number) =>
  ask(context, (store) => store.item(accountId, number));

/** Somebody or something that can be followed, by its handle. */
export const sourceByHandle = (context: Own, handle: string) => ask(context, (store) => store.sourceByHandle(handle));

/** The thread an item stands in. */
export const threadOf = (context: Own, accountId: string, number: number) =>
  ask(context, (store) => store.conversation(accountId, number));

/** Brings what was kept out of somebody's into timelines, as far as it is known by these keys. */
export const release = (context: Own, accountId: string, keys: readonly string[]): Promise<void> =>
  keys.length === 0 ? Promise.resolve() : ask(context, (store) => store.release(accountId, keys));

/** Forgets it. */
export const drop = (context: Own, accountId: string, keys: readonly string[]): Promise<void> =>
  keys.length === 0 ? Promise.resolve() : ask(context, (store) => store.drop(accountId, keys));
