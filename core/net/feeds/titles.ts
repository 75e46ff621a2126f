import { feedDate } from "./dates.ts";

const bare = (text: string) => text.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();

/** A title to show: empty when it only says again how the text begins, or is a date, "Untitled", or the author's name and a colon. */
export function shownTitle(title: string, text: string, author: string): string {
  const words = bare(title).replace(/\s*(?:\u2026|\.{3}|\[\u2026\]|\[\.{3}\])$/, "");
  if (words === "" || /^(untitled|no title|ohne titel|sans titre|sin t\u00edtulo)$/.test(words)) return "";
  if (/^[\d\s:./,-]+(?:[ap]m|z|utc)?$/.test(words)) return "";
  if (/\d/.test(words) && feedDate(title) !== "" && words.split(" ").length <= 7) return "";
  if (author !== "" && words.startsWith(`${bare(author)}:`)) return "";
  return bare(text.slice(0, 700)).startsWith(words) ? "" : title;
}
