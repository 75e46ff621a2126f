import { replaced, type RichText } from "./rich-text.ts";
import { findMentions } from "./urls.ts";

/** What a mention does at a service: nothing by itself, a bare name somebody there, or also a full one. */
export type MentionRule = "harmless" | "bare" | "any";

const wordJoiner = "\u2060";

/** Parts the @ from names that would call a stranger at the service; the joiner between them cannot be seen. */
export function withoutStrangers(rich: RichText, rule: MentionRule): RichText {
  if (rule === "harmless") return rich;
  const strangers = findMentions(rich.text).filter(({ domain }) => rule === "any" || domain === "");
  return replaced(
    rich,
    strangers.map(({ start }) => ({ start, end: start + 1, by: `@${wordJoiner}` })),
  );
}
