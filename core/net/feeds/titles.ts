import { feedDate } from "./dates.ts";

// Of plain letters there is one form; asking is much cheaper than making it.
const normal = (text: string) => (/[^\0-\x7f]/.test(text) ? text.normalize("NFKC") : text);
const bare = (text: string) => normal(text).replace(/\s+/g, " ").trim().toLowerCase();

/** A title to show: empty when it only says again how the text begins, or is a date, "Untitled", or the author's name and a colon. */
export function shownTitle(title: string, text: string, author: string): string {
  const words = bare(title).replace(/\s*(?:\u2026|\.{3}|\[\u2026\]|\[\.{3}\])$/, "");
  if (words === "" || /^(untitled|no title|ohne titel|sans titre|sin t\u00edtulo)$/.test(words)) return "";
  if (/^[\d\s:./,-]+(?:[ap]m|z|utc)?$/.test(words)) return "";
  if (/\d/.test(words) && feedDate(title) !== "" && words.split(" ").length <= 7) return "";
  if (author !== "" && words.startsWith(`${bare(author)}:`)) return "";
  return bare(text.slice(0, 700)).startsWith(words) ? "" : title;
}
