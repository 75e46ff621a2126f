import { childOf, childrenOf, textOf, type FeedNode } from "./tree.ts";

const periods: Readonly<Record<string, number>> = { hourly: 60, daily: 1_440, weekly: 10_080, monthly: 43_200, yearly: 525_600 };

/** How long a feed asks to be left alone (minutes; 0 when it does not say), and hours (of UTC) and days when it does not change. */
export function pauseOf(channel: FeedNode): { minutes: number; skipHours: readonly number[]; skipDays: readonly string[] } {
  const ttl = Number.parseInt(textOf(childOf(channel, "ttl")), 10);
  const period = periods[textOf(childOf(channel, "sy:updateperiod")).trim().toLowerCase()] ?? 0;
  const times = Number.parseInt(textOf(childOf(channel, "sy:updatefrequency")), 10);
  const listed = (name: string, inside: string) => {
    const list = childOf(channel, name);
    return list
      ? childrenOf(list, inside)
          .map((node) => textOf(node).trim())
          .slice(0, 24)
      : [];
  };
  return {
    minutes: Math.min(Math.max(ttl > 0 ? ttl : 0, period === 0 ? 0 : Math.ceil(period / (times > 0 ? times : 1))), 525_600),
    skipHours: listed("skiphours", "hour")
      .map((hour) => Number(hour) % 24)
      .filter((hour) => Number.isInteger(hour) && hour >= 0),
    skipDays: listed("skipdays", "day")
      .map((day) => day.toLowerCase())
      .filter((day) => /^(mon|tues|wednes|thurs|fri|satur|sun)day$/.test(day)),
  };
}
