import type { Facet } from "../api.ts";

/** A plain text with the links in it; offsets count UTF-16 units. */
export type RichText = { readonly text: string; readonly links: readonly Facet[] };

/** A text without links of its own. */
export const plain = (text: string): RichText => ({ text, links: [] });

/** Texts one after the other. */
export function join(parts: readonly (RichText | string)[]): RichText {
  const links: Facet[] = [];
  let text = "";
  for (const part of parts.map((one) => (typeof one === "string" ? plain(one) : one))) {
    for (const link of part.links) links.push({ ...link, start: link.start + text.length, end: link.end + text.length });
    text += part.text;
  }
  return { text, links };
}

/** The first `end` units of a text; links that reach over the end are shortened. */
export function head({ text, links }: RichText, end: number): RichText {
  const inside = links.map((link) => ({ ...link, end: Math.min(link.end, end) }));
  return { text: text.slice(0, end), links: inside.filter((link) => link.start < link.end) };
}

/** A text with stretches replaced, links moved along. `edits` are in order and do not overlap. */
export function replaced(rich: RichText, edits: readonly { start: number; end: number; by: string }[]): RichText {
  let text = "";
  let at = 0;
  for (const { start, end, by } of edits) {
    text += rich.text.slice(at, start) + by;
    at = end;
  }
  const moved = (place: number, isEnd: boolean): number => {
    let shift = 0;
    for (const { start, end, by } of edits) {
      if (end <= place && (end < place || isEnd || start < end)) shift += by.length - (end - start);
      else if (start < place) shift += (isEnd ? by.length : 0) - (place - start);
      else break;
    }
    return place + shift;
  };
  const links = rich.links.map((link) => ({ ...link, start: moved(link.start, false), end: moved(link.end, true) }));
  return { text: text + rich.text.slice(at), links: links.filter(({ start, end }) => start < end) };
}

/** Without white space at both ends. */
export function trimmed(rich: RichText): RichText {
  const start = rich.text.length - rich.text.trimStart().length;
  const cut = start === 0 ? rich : replaced(rich, [{ start: 0, end: start, by: "" }]);
  return head(cut, cut.text.trimEnd().length);
}
