import type { Context } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import { marks } from "../../timeline/ids.ts";
import { candidatesPage } from "../bounds.ts";
import type { Candidate } from "../picking/candidate.ts";
import { lastPicked } from "../picking/picks.ts";
import { skippedAmong } from "../picking/skip.ts";
import { isLeftOut } from "../standing/left-out.ts";
import { askTimeline } from "../timeline.ts";
import { suggested } from "../topics/suggest.ts";
import type { StoredTopic } from "../topics/topics.ts";
import { Looker } from "./looker.ts";

/** What a curator looks for among the candidates. */
export type Sieve = {
  readonly before?: number;
  readonly language?: string;
  readonly hasPhoto?: boolean;
  /** Only what the emoji and words of a topic suggest. */
  readonly topic?: StoredTopic;
  /** Only authors of whom nothing was picked yet. */
  readonly isFirstTime?: boolean;
};

/** A candidate with the topics its words suggest, and when its author was last picked. */
export type Offer = Candidate & { readonly topics: readonly StoredTopic[]; readonly lastPicked: string | null };
export type Offers = { readonly offers: readonly Offer[]; readonly next: number | null };

const [atOnce, mostRounds] = [40, 8] as const;

/**
 * Posts that could be picked, strictly the newest first. Nothing else orders them: not reactions, not who is read by many. Gives what
 * was found within some hundred posts, and where to look further.
 */
export async function candidates(context: Context, sieve: Sieve, topics: readonly StoredTopic[]): Promise<Offers> {
  const { language, hasPhoto, topic, isFirstTime } = sieve;
  const looker = new Looker(context);
  const offers: Offer[] = [];
  let before = sieve.before;
  for (let round = 0; round < mostRounds; round++) {
    const wish = { limit: atOnce, ...(before && { before }), ...(language && { language }), ...(hasPhoto && { hasPhoto }) };
    const page = await askTimeline(context, (store) => store.localPosts(wish));
    const left = await undecided(context, page.items);
    const last = await lastPicked(
      context,
      left.map(({ author }) => author.sourceId),
    );
    for (const item of left) {
      const offer = await offerOf(context, item, { looker, topics });
      if (!offer) continue;
      const lastAt = last.get(offer.post.authorId) ?? null;
      if ((isFirstTime && lastAt) || (topic && !offer.topics.some(({ id }) => id === topic.id))) continue;
      if (offers.length === candidatesPage) return { offers, next: offers.at(-1)!.item.number };
      offers.push({ ...offer, lastPicked: lastAt });
    }
    if (page.next === null) return { offers, next: null };
    before = page.next;
  }
  return { offers, next: before ?? null };
}

// Without replies, and what was picked or skipped.
async function undecided(context: Context, items: readonly Item[]): Promise<readonly Item[]> {
  const open = items.filter((item) => item.replyTo === "" && item.kind === "post");
  const numbers = open.map(({ number }) => number);
  if (numbers.length === 0) return [];
  const sql = `SELECT p.item FROM p_discover_picks p WHERE p.item IN (${marks(numbers.length)})`;
  const picked = new Set((await context.tables.query<{ item: number }>(sql, numbers)).map(({ item }) => item));
  const skipped = await skippedAmong(context, numbers);
  return open.filter(({ number }) => !picked.has(number) && !skipped.has(number));
}

type With = { readonly looker: Looker; readonly topics: readonly StoredTopic[] };

async function offerOf(context: Context, item: Item, { looker, topics }: With): Promise<Omit<Offer, "lastPicked"> | null> {
  if (await looker.unfit(item.author.sourceId)) return null;
  if (await isLeftOut(context, item.author.sourceId)) return null;
  const placed = await looker.of(item);
  return placed && { item, ...placed, topics: suggested(topics, placed.post) };
}
