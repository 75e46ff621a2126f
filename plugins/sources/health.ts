import { failing } from "./poll.ts";
import type { FeedRow, Own } from "./rows.ts";

/** How a feed is, in a sentence: in the reader's language, or another. */
export function healthOf({ clock, t }: Pick<Own, "clock" | "t">, feed: FeedRow, language?: string): string {
  const say = (key: string) => t(key, {}, language);
  if (feed.state === "gone") return say("health.gone");
  if (feed.state === "paused") return say("health.paused");
  if (feed.problem === "") return say(feed.checked_at ? "health.good" : "health.waiting");
  const days = feed.failing_since ? (clock.now().getTime() - Date.parse(feed.failing_since)) / 86_400_000 : 0;
  const why = say(`problem.${feed.problem}`);
  return days >= failing.told ? `${say("health.failing")} ${why}` : why;
}
