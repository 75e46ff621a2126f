import type { Item, TimelineStore } from "../timeline/api.ts";
import type { Own } from "./own.ts";

/** Asks the plugin that keeps the timelines. */
export function timeline<T>(context: Own, question: (store: TimelineStore) => Promise<T>): Promise<T> {
  return context.ask("timeline.store", "timeline", question, 5_000);
}

/** What stands under a number, for whoever reads; null for nothing that they may see. */
export const itemOf = (context: Own, accountId: string | null, number: number): Promise<Item | null> =>
  timeline(context, (store) => store.item(accountId, number));
