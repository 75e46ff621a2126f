import type { CounterName } from "../api.ts";
import { findUrls, sureEnd, sureMentions } from "./urls.ts";
import { weightOf } from "./weighted.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How many graphemes (what people take for one letter) a text has. */
export function graphemeCount(text: string): number {
  let n = 0;
  for (const _ of graphemes.segment(text)) n++;
  return n;
}

/** Where graphemes end. */
export function graphemeEnds(text: string): number[] {
  return Array.from(graphemes.segment(text), ({ index, segment }) => index + segment.length);
}

const counters: Readonly<Record<CounterName, (text: string) => number>> = {
  grapheme: graphemeCount,
  codepoint: (text) => Array.from(text).length,
  utf16: (text) => text.length,
  weighted: weightOf,
  mastodon: mastodonCount,
  utf8emoji: (text) => {
    const rest = text.replace(EMOJI, "");
    return Array.from(rest).length + byteCount(text) - byteCount(rest);
  },
  bytes: byteCount,
};

/** The length of a text as a service counts it. */
export function countText(text: string, counter: CounterName): number {
  return counters[counter](text);
}

/** The length of a text in UTF-8. */
export function byteCount(text: string): number {
  return Buffer.byteLength(text);
}

const EMOJI = /\p{RGI_Emoji}/gv;

// Every address costs 23, the domain of a mention nothing. Where servers may see it otherwise, the higher number.
function mastodonCount(text: string): number {
  let counted = "";
  let at = 0;
  const spans = [
    ...findUrls(text).map(({ start, end, url }) => {
      const sure = sureEnd(text, { start, url });
      // One address inside of another may be seen as one of its own.
      const inside = text.slice(sure, end).split("://").length - 1;
      return { start, end: sure, as: "x".repeat(23 * (1 + inside)) };
    }),
    ...sureMentions(text).map((mention) => ({ ...mention, as: `@${mention.name}` })),
  ]
    .filter(({ start, end }) => start < end)
    .toSorted((one, other) => one.start - other.start);
  for (const { start, end, as } of spans) {
    counted += text.slice(at, start) + as;
    at = end;
  }
  return graphemeCount(counted + text.slice(at));
}
