import type { PluginScreenRequest } from "rookery/plugin";
import { failing } from "../poll.ts";
import type { FeedRow, Own } from "../rows.ts";
import type { settings } from "../settings.ts";

/** A request to one of the plugin's screens. */
export type Request = PluginScreenRequest<typeof settings>;

export const ownOf = ({ context }: Request): Own => context as Own;

/** How a feed is, in a sentence in the reader's language. */
export function healthOf({ context }: Request, feed: FeedRow): string {
  if (feed.state === "gone") return context.t("health.gone");
  if (feed.state === "paused") return context.t("health.paused");
  if (feed.problem === "") return context.t(feed.checked_at ? "health.good" : "health.waiting");
  const days = feed.failing_since ? (context.clock.now().getTime() - Date.parse(feed.failing_since)) / 86_400_000 : 0;
  const why = context.t(`problem.${feed.problem}`);
  return days >= failing.told ? `${context.t("health.failing")} ${why}` : why;
}
