import { PublicError } from "../../errors.ts";
import type { Post } from "../../hooks/values.ts";
import { textOfCleanMarkup } from "../../net/clean-markup.ts";

/** One thing that a post must be or have. Lengths count the characters a reader sees. */
export type Condition =
  | { readonly is: "text" | "emoji" | "kind"; readonly value: string }
  | { readonly is: "longer" | "shorter"; readonly value: number }
  | { readonly is: "photo" | "audio" | "link" };

/** What puts a post into a category by itself: all of the conditions, or any of them. */
export type CategoryFilter = { readonly match: "all" | "any"; readonly conditions: readonly Condition[] };

/** Every kind of condition, in the order in which people choose from them. */
export const conditionKinds = ["text", "emoji", "longer", "shorter", "photo", "audio", "link", "kind"] as const;

/** A condition as a form sends it: a kind and whatever stands in its field. */
export type TypedCondition = { readonly is: string; readonly value: string };

const mostConditions = 10;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What somebody typed as a filter; null when nothing was. PublicError 422 for what cannot be. */
export function filterFrom(match: string, typed: readonly TypedCondition[]): CategoryFilter | null {
  const conditions = typed.filter(({ is }) => is !== "").map(({ is, value }) => conditionFrom(is, value.trim()));
  if (conditions.length > mostConditions)
    throw new PublicError("filter.too-many", `A filter takes ${mostConditions} conditions at most.`, 422, { n: mostConditions });
  return conditions.length === 0 ? null : { match: match === "any" ? "any" : "all", conditions };
}

function conditionFrom(is: string, value: string): Condition {
  switch (is) {
    case "text":
      if (value === "" || value.length > 200)
        throw new PublicError("filter.text", "Write the words to look for, 200 characters at most.", 422);
      return { is, value };
    case "emoji":
      if (!isEmoji(value)) throw new PublicError("filter.emoji", "Give one emoji to look for.", 422);
      return { is, value };
    case "longer":
    case "shorter":
      if (!/^\d{1,6}$/.test(value)) throw new PublicError("filter.length", "Give the length as a number of characters.", 422);
      return { is, value: Number(value) };
    case "photo":
    case "audio":
    case "link":
      return { is };
    case "kind":
      if (!/^[a-z][a-z0-9-]{0,31}$/.test(value)) throw new PublicError("filter.kind", "Choose a kind of post.", 422);
      return { is, value };
    default:
      throw new PublicError("filter.condition", "There is no such condition.", 422);
  }
}

function isEmoji(value: string): boolean {
  return (
    value.length <= 64 && [...graphemes.segment(value)].length === 1 && /\p{Extended_Pictographic}|\p{RI}|\u20e3/u.test(value)
  );
}

/** What a filter looks at. */
export type Filtered = Pick<Post, "title" | "html" | "kind" | "photos" | "audio">;

/** Whether a post has what the filter asks for. */
export function matches(filter: CategoryFilter, post: Filtered): boolean {
  const look = new Look(post);
  const has = (condition: Condition) => look.has(condition);
  return filter.match === "any" ? filter.conditions.some(has) : filter.conditions.every(has);
}

/** A post with what is worked out only when a condition asks for it. */
class Look {
  readonly #post: Filtered;
  #text: string | undefined;
  #letters: readonly string[] | undefined;

  constructor(post: Filtered) {
    this.#post = post;
  }

  has(condition: Condition): boolean {
    switch (condition.is) {
      case "text":
        return folded(`${this.#post.title}\n${this.#textOf()}`).includes(folded(condition.value));
      case "emoji":
        return this.#seen().includes(bare(condition.value)) || titleHas(this.#post.title, condition.value);
      case "longer":
        return this.#seen().length > condition.value;
      case "shorter":
        return this.#seen().length < condition.value;
      case "photo":
        return this.#post.photos.length > 0 || /<img\b/.test(this.#post.html);
      case "audio":
        return this.#post.audio.length > 0 || /<audio\b/.test(this.#post.html);
      case "link":
        return /<a\b[^>]*\bhref="https?:/.test(this.#post.html);
      case "kind":
        return this.#post.kind === condition.value;
    }
  }

  #textOf(): string {
    return (this.#text ??= textOfCleanMarkup(this.#post.html));
  }

  #seen(): readonly string[] {
    return (this.#letters ??= lettersOf(this.#textOf()));
  }
}

// By whole characters: a woman alone is not found in a family, nor a plain thumb in a brown one.
const lettersOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => bare(segment));
const titleHas = (title: string, emoji: string): boolean => title !== "" && lettersOf(title).includes(bare(emoji));
const bare = (letter: string): string => letter.replaceAll("\ufe0f", "");
const folded = (text: string): string => text.normalize("NFKC").toLowerCase();
