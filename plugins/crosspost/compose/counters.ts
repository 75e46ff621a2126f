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

const counters: Readonly<Record<CounterName, (text: string, urlLength: number) => number>> = {
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

/** The length of a text as a service counts it; `urlLength` is what an address costs where all cost the same. */
export function countText(text: string, counter: CounterName, urlLength = usualUrl): number {
  return counters[counter](text, urlLength);
}

/** The length of a text in UTF-8. */
export function byteCount(text: string): number {
  return Buffer.byteLength(text);
}

const usualUrl = 23;
const EMOJI = /\p{RGI_Emoji}/gv;

// Every address costs the same, the domain of a mention nothing. Where servers may see it otherwise, the higher number: those that
// say another length than Mastodon's are other software, and some of it counts addresses as they are.
function mastodonCount(text: string, urlLength: number): number {
  let counted = "";
  let at = 0;
  const spans = [
    ...findUrls(text).map(({ start, end, url }) => {
      const sure = sureEnd(text, { start, url });
      // One address inside of another may be seen as one of its own.
      const inside = text.slice(sure, end).split("://").length - 1;
      const each = urlLength === usualUrl ? usualUrl : Math.max(urlLength, sure - start);
      return { start, end: sure, as: "x".repeat(each * (1 + inside)) };
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
