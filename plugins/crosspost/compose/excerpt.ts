import { plainText, type Post } from "rookery/plugin";
import { countText } from "./counters.ts";
import { cutToFit } from "./cut.ts";
import { plain } from "./rich-text.ts";

const most = 200;

/** A post's summary, else the beginning of its text; at most 200 letters. */
export function excerptOf(post: Pick<Post, "summary" | "html">): string {
  const text = (post.summary || plainText(post.html)).replace(/\s+/g, " ").trim();
  const length = (one: string) => countText(one, "grapheme");
  if (length(text.slice(0, 10_000)) <= most && text.length <= 10_000) return text;
  return cutToFit(plain(text.slice(0, 10_000)), plain(""), { length, fits: (one) => length(one) <= most }).text;
}
