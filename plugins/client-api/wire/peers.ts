import type { Context } from "rookery/plugin";
import type { TimelineStore } from "../../timeline/api.ts";

/** One question to the timeline, which is always there: `limit` milliseconds, 5,000 unless told. */
export function askTimeline<T>(
  context: Pick<Context, "ask">,
  question: (store: TimelineStore) => Promise<T>,
  limit = 5_000,
): Promise<T> {
  return context.ask("timeline.store", "timeline", question, limit);
}

/** One question to whoever gives a service of that kind; `otherwise` when nobody does. Its shape is what the caller says it is. */
export async function askPeer<S, T, O>(
  context: Context,
  kind: string,
  { question, otherwise, limit }: { question: (service: S) => Promise<T> | T; otherwise: O; limit?: number },
): Promise<T | O> {
  const name = kind as never;
  const found = context.services(name)[0] as { readonly pluginId: string } | undefined;
  if (!found) return otherwise;
  return context.ask(name, found.pluginId, (service) => question(service as S), limit);
}
