import { PublicError, ulid, type Context } from "rookery/plugin";
import { longestTitle, longestWord, mostEmoji, mostTopics, mostWords } from "../bounds.ts";
import { note, type Actor } from "../log.ts";
import { titleLanguages } from "./defaults.ts";
import { allTopics, kinds, type StoredTopic } from "./topics.ts";

/** What a form says of a topic. */
export type TopicDraft = Pick<StoredTopic, "emoji" | "words" | "titles" | "kind" | "isFeatured">;

// What stands at addresses beside the topics.
const taken = new Set(["about", "mine"]);

/** Reads a form. PublicError 422 for what somebody can put right. */
export function topicFrom(fields: URLSearchParams): TopicDraft {
  const emoji = (fields.get("emoji") ?? "").trim().split(/\s+/).filter(Boolean);
  if (emoji.length < 1 || emoji.length > mostEmoji || !emoji.every((one) => /^\p{RGI_Emoji}$/v.test(one)))
    throw new PublicError("emoji", "One to five emoji, with spaces between.", 422);
  const words = (fields.get("words") ?? "")
    .toWellFormed()
    .slice(0, 50_000)
    .split(/[\n,،]+/)
    .map((word) => word.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase())
    .filter(Boolean);
  if (words.length > mostWords || words.some((word) => [...word].length > longestWord || !/\p{L}/u.test(word)))
    throw new PublicError("words", "300 words at most, each of 60 letters at most.", 422);
  const titles = titleLanguages.map((language) => [language, line(fields.get(`title-${language}`) ?? "")] as const);
  return {
    emoji,
    words: [...new Set(words)],
    titles: Object.fromEntries(titles.filter(([, title]) => title !== "")),
    kind: kinds.find((kind) => kind === fields.get("kind")) ?? "any",
    isFeatured: fields.get("featured") === "on",
  };
}

/** Makes a topic; its word in addresses never changes. PublicError 409 or 422. */
export async function makeTopic(context: Context, by: Actor, slug: string, draft: TopicDraft): Promise<void> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(slug) || taken.has(slug))
    throw new PublicError("slug", "1 to 40 of a to z, 0 to 9 and hyphens; “about” and “mine” are taken.", 422);
  if (Object.keys(draft.titles).length === 0)
    throw new PublicError("title", "A topic needs a title in one language at least.", 422);
  const all = await allTopics(context);
  if (all.some((one) => one.slug === slug)) throw slugTaken();
  if (all.length >= mostTopics) throw new PublicError("many-topics", "There are 60 topics already, which is the most.", 422);
  await note(context, by, { action: "topic-made", subject: slug });
  const insert = `INSERT INTO p_discover_topics (id, blog_id, slug, emoji, words, titles, kind, is_featured, position)
     VALUES (?, '', ?, ?, ?, ?, ?, ?, ?)`;
  const values = [ulid(context.clock.now().getTime()), slug, ...valuesOf(draft), (all.at(-1)?.position ?? -1) + 1];
  await context.tables.run(insert, values).catch(async (error: unknown) => {
    // Two at once: the other one was first.
    throw (await allTopics(context)).some((one) => one.slug === slug) ? slugTaken() : error;
  });
}

const slugTaken = () => new PublicError("slug-taken", "There is a topic of this word already.", 409);

/** Changes a topic. */
export async function changeTopic(context: Context, by: Actor, { id, slug }: StoredTopic, draft: TopicDraft): Promise<void> {
  await note(context, by, { action: "topic-changed", subject: slug });
  await context.tables.run(
    "UPDATE p_discover_topics SET emoji = ?, words = ?, titles = ?, kind = ?, is_featured = ? WHERE id = ?",
    [...valuesOf(draft), id],
  );
}

/** Takes a topic away. Picks stay in Discover, and are no longer found under it. */
export async function removeTopic(context: Context, by: Actor, { id, slug }: StoredTopic): Promise<void> {
  await note(context, by, { action: "topic-removed", subject: slug });
  await context.tables.run("DELETE FROM p_discover_topics WHERE id = ?", [id]);
  await context.tables.run("DELETE FROM p_discover_filed WHERE topic_id = ?", [id]);
}

/** Moves a topic up or down by one. */
export async function moveTopic(context: Context, { id }: StoredTopic, by: 1 | -1): Promise<void> {
  const ids = (await allTopics(context)).map((topic) => topic.id);
  const at = ids.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return;
  [ids[at], ids[to]] = [ids[to]!, ids[at]!];
  for (const [position, one] of ids.entries())
    await context.tables.run("UPDATE p_discover_topics SET position = ? WHERE id = ? AND position <> ?", [
      position,
      one,
      position,
    ]);
}

const valuesOf = ({ emoji, words, titles, kind, isFeatured }: TopicDraft) => [
  emoji.join(" "),
  JSON.stringify(words),
  JSON.stringify(titles),
  kind,
  isFeatured ? 1 : 0,
];

const line = (text: string): string =>
  [
    ...text
      .toWellFormed()
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim(),
  ]
    .slice(0, longestTitle)
    .join("");
