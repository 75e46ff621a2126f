import type { Context } from "rookery/plugin";
import type { Topic } from "../api.ts";
import { fewestTopics } from "../bounds.ts";

export const kinds = ["any", "photo", "audio"] as const;
/** A topic as it is stored. */
export type StoredTopic = {
  readonly id: string;
  readonly slug: string;
  readonly emoji: readonly string[];
  readonly words: readonly string[];
  /** Titles that curators gave it, by language. */
  readonly titles: Readonly<Record<string, string>>;
  readonly kind: (typeof kinds)[number];
  readonly isFeatured: boolean;
  readonly position: number;
};
type Row = Record<string, string | number>;

/** All topics in the order curators gave them. */
export async function allTopics({ tables }: Pick<Context, "tables">): Promise<readonly StoredTopic[]> {
  const rows = await tables.query<Row>(
    "SELECT id, slug, emoji, words, titles, kind, is_featured, position FROM p_discover_topics ORDER BY position, id",
  );
  return rows.map((row) => ({
    id: String(row.id),
    slug: String(row.slug),
    emoji: String(row.emoji).split(" "),
    words: JSON.parse(String(row.words)) as string[],
    titles: JSON.parse(String(row.titles)) as Record<string, string>,
    kind: kinds.find((kind) => kind === row.kind) ?? "any",
    isFeatured: row.is_featured === 1,
    position: Number(row.position),
  }));
}

/** The topics as readers and apps see them: none where there are one or two, and none featured where too few are. */
export function offered(all: readonly StoredTopic[], title: (topic: StoredTopic) => string): readonly Topic[] {
  if (all.length < fewestTopics) return [];
  const isEnough = all.filter(({ isFeatured }) => isFeatured).length >= fewestTopics;
  return all.map((topic) => ({
    slug: topic.slug,
    title: title(topic),
    emoji: topic.emoji[0] ?? "",
    isFeatured: isEnough && topic.isFeatured,
  }));
}

/** A topic's title in a language: what curators gave it there, else the plugin's own word, else any other they gave. */
export function titleOf({ slug, titles }: Pick<StoredTopic, "slug" | "titles">, say: Say, language: string): string {
  const given = titles[language] ?? titles[baseOf(language)];
  if (given) return given;
  const own = say(`topic.${slug}`);
  return own === `topic.${slug}` ? (titles.en ?? Object.values(titles)[0] ?? slug) : own;
}

type Say = (key: string) => string;

/** The first part of a language tag: `de` of `de-AT`. Empty for what is none. */
export const baseOf = (tag: string): string => /^[a-z]{2,8}(?=$|-)/.exec(tag.toLowerCase())?.[0] ?? "";
