import type { Own } from "../settings.ts";
import { askPeer } from "../wire/peers.ts";
import type { Shelves } from "../wire/shapes.ts";

const kind = "discover.shelves";
type Wish = {
  readonly topic: string | undefined;
  readonly language: string | undefined;
  readonly before: number | null;
  readonly limit: number;
};

/** What curators picked: numbers of posts, the number of the pick where the rest begins, and the topic's title. Empty without shelves. */
export async function picksOf(context: Own, { topic, language, before, limit }: Wish) {
  const wish = {
    limit,
    ...(topic !== undefined && { topic }),
    ...(language && { language }),
    ...(before !== null && { before }),
  };
  const { entries, next } = await askPeer(context, kind, {
    question: (shelves: Shelves) => shelves.picks(wish),
    otherwise: { entries: [], next: null },
  });
  const title = topic === undefined ? "" : ((await topicsOf(context, language)).find(({ slug }) => slug === topic)?.title ?? "");
  return { numbers: entries.map(({ number }) => number), next, title };
}

/** The topics there are. */
export const topicsOf = (context: Own, language: string | undefined) =>
  askPeer(context, kind, { question: (shelves: Shelves) => shelves.topics(language || undefined), otherwise: [] });
