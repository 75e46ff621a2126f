import type { Filter } from "../environment.ts";
import { html, isHtml } from "../html.ts";
import type { State } from "../state.ts";
import { named } from "./keywords.ts";
import { withoutTags } from "./tags.ts";
import { given } from "./text.ts";

/** Making text shorter. Html stays Html when no tag is left in it. */
export const trimFilters: Record<string, Filter> = {
  trim: (call, value) => (isHtml(value) ? html(value.toString().trim()) : call.text(value).trim()),
  striptags: named("striptags", ["preserve_linebreaks"], (call, value, keepLines) => {
    const text = withoutTags(given(call, value)).trim();
    return like(value, keepLines ? keptLines(text) : text.replace(/\s+/g, " "));
  }),
  truncate: named("truncate", ["length", "killwords", "end"], truncate),
  truncatewords: named("truncatewords", ["count", "end"], (call, value, count, end) => {
    const text = plainOf(call, value);
    const most = Math.trunc(Number(count ?? 15)) || 15;
    const words = text.split(/\s+/, most + 2).filter((word) => word !== "");
    if (words.length <= most) return like(value, text);
    return like(value, words.slice(0, most).join(" ") + (end === undefined || end === null ? "…" : call.text(end)));
  }),
};

function truncate(call: State, value: unknown, ...[length, killwords, end]: unknown[]): unknown {
  const text = plainOf(call, value);
  const most = Math.trunc(Number(length ?? 255)) || 255;
  if (text.length <= most) return like(value, text);
  const space = killwords ? most : text.lastIndexOf(" ", most);
  const cut = text.slice(0, space === -1 ? most : Math.max(space, 0));
  return like(value, cut + (end === undefined || end === null ? "..." : call.text(end)));
}

// Cutting through a tag would let it swallow what follows, so markup loses its tags first.
function plainOf(call: State, value: unknown): string {
  const text = given(call, value);
  return isHtml(value) && text.includes("<") ? withoutTags(text) : text;
}

const leftovers: Record<string, string> = { "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

// What is left of Html keeps its entities. Brackets and quotes do not survive: such text is put into attributes
// (`<meta content="{{ post.contentHtml | striptags }}">`), where a quote of a reader's would end them.
function like(value: unknown, text: string): unknown {
  return isHtml(value) ? html(text.replace(/[<>"']/g, (character) => leftovers[character] ?? character)) : text;
}

function keptLines(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").split("\n").map(withoutOuterBlanks);
  return lines
    .join("\n")
    .replace(/ +/g, " ")
    .replace(/\n\n\n+/g, "\n\n");
}

function withoutOuterBlanks(line: string): string {
  let start = 0;
  let end = line.length;
  while (line[start] === " ") start++;
  while (end > start && line[end - 1] === " ") end--;
  return line.slice(start, end);
}
