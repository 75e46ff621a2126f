import { plainText, type Post } from "rookery/plugin";
import { hasWord } from "../../timeline/reading/reader.ts";
import type { StoredTopic } from "./topics.ts";

/** Whether a post can stand under a topic at all: photos need one, podcasts sound. */
export function fitsKind({ kind }: Pick<StoredTopic, "kind">, post: Pick<Post, "photos" | "audio" | "html">): boolean {
  if (kind === "photo") return post.photos.length > 0 || /<img\b/.test(post.html);
  return kind === "audio" ? post.audio.length > 0 || /<audio\b/.test(post.html) : true;
}

/** The topics that a post's emoji and words suggest, and what it brings along. A curator chooses; nothing is filed by itself. */
export function suggested(
  topics: readonly StoredTopic[],
  post: Pick<Post, "title" | "html" | "photos" | "audio">,
): readonly StoredTopic[] {
  const text = ` ${plain(`${post.title} ${plainText(post.html)}`).slice(0, 20_000)} `;
  return topics.filter(
    (topic) =>
      fitsKind(topic, post) &&
      (topic.kind !== "any" ||
        topic.emoji.some((one) => text.includes(plain(one))) ||
        topic.words.some((word) => hasWord(text, word))),
  );
}

// An emoji is the same with and without the mark that asks for colour.
const plain = (text: string): string => text.toLowerCase().normalize("NFKC").replaceAll("\uFE0F", "");
