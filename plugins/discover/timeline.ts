import type { Context } from "rookery/plugin";
import type { TimelineStore } from "../timeline/api.ts";

/** One question to the timeline. */
export function askTimeline<T>(context: Context, question: (store: TimelineStore) => Promise<T>): Promise<T> {
  return context.ask("timeline.store", "timeline", question);
}
