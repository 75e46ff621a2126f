import { plainText, xmlText, type Interaction, type MicroformatItem } from "rookery/plugin";
import { firstWords, wordsOf } from "./values.ts";

const longest = { reply: 10_000, mention: 500 } as const;

/** What is shown of an entry: a reply's words as they are, of anything else a beginning; nothing of likes and reposts. */
export function wordsFor(entry: MicroformatItem, kind: Interaction["kind"]): string {
  if (kind === "like" || kind === "repost") return "";
  const content = entry.properties.content?.[0];
  const markup = typeof content === "object" && "html" in content ? content.html : undefined;
  const text = wordsOf(content) || (markup === undefined ? "" : plainText(markup));
  if (
    kind === "reply" &&
    markup !== undefined &&
    text !== "" &&
    markup.length <= longest.reply * 4 &&
    text.length <= longest.reply
  )
    return markup;
  const name = firstWords(entry, "name");
  // A name that only repeats how the text begins is none (post type discovery §5).
  const title = name !== "" && !collapsed(text).startsWith(collapsed(name)) ? name : "";
  const rest = kind === "mention" ? firstWords(entry, "summary") || text : text || firstWords(entry, "summary");
  const shown = [title, rest].filter((one) => one !== "").map((one) => `<p>${xmlText(shortened(one, longest[kind]))}</p>`);
  return shown.join("");
}

/** The first so many letters, up to the end of a word. */
export function shortened(text: string, length: number): string {
  const clean = text.trim();
  if (clean.length <= length) return clean;
  const cut = clean.slice(0, length);
  const word = cut.lastIndexOf(" ");
  return `${(word > length / 2 ? cut.slice(0, word) : cut).toWellFormed().replace(/\ufffd$/, "")}…`;
}

const collapsed = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();
