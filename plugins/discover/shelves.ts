import type { Context } from "rookery/plugin";
import type { DiscoverShelves } from "./api.ts";
import { pickOfItem } from "./picking/picks.ts";
import { readShelf } from "./reading/shelf.ts";
import { allTopics, baseOf, offered, titleOf } from "./topics/topics.ts";

/** What curators picked, for other plugins. */
export function discoverShelves(context: () => Context): DiscoverShelves {
  return {
    async topics(language = "en") {
      const say = (key: string) => context().t(key, {}, language);
      return offered(await allTopics(context()), (topic) => titleOf(topic, say, language));
    },
    async picks({ topic: slug, language, ...wish } = {}) {
      const all = await allTopics(context());
      const topic = slug === undefined ? null : all.find((one) => one.slug === slug);
      if (topic === undefined) return { entries: [], next: null };
      const place = { ...wish, ...(topic && { topicId: topic.id }), ...(language && { language: baseOf(language) || "-" }) };
      const { shown, next } = await readShelf(context(), place);
      const words = new Map(all.map(({ id, slug: word }) => [id, word]));
      const entries = shown.map(({ pick }) => ({
        number: pick.item,
        pick: pick.number,
        at: pick.showAt,
        note: pick.note,
        topics: pick.topics.flatMap((id) => words.get(id) ?? []),
      }));
      return { entries, next };
    },
    async pickOf(number) {
      const pick = await pickOfItem(context(), number);
      return pick && pick.number > 0 ? pick.number : null;
    },
  };
}
