import { graphemeEnds } from "./counters.ts";
import { head, join, plain, type RichText } from "./rich-text.ts";
import { wholes, type Span } from "./urls.ts";

/** Whether a text is within the limits of its service, and its length there. */
export type Measure = { fits(text: string): boolean; length(text: string): number };

const words = new Intl.Segmenter("en", { granularity: "word" });
const sentenceEnd = /(?:[.!?…。！？]["”’»)\]]*|\n)$/u;
// Longer texts fit nowhere that cuts them; segmenting them whole would only take time.
const mostLooked = 40_000;
const keptForSentence = 0.6;

/**
 * The beginning of a text that fits together with “…” and `tail` (which may be empty): cut between words, never inside a grapheme,
 * an address or a mention; at the end of a sentence where that keeps 60 % of what would fit.
 */
export function cutToFit(rich: RichText, tail: RichText, measure: Measure): RichText {
  const looked =
    rich.text.length > mostLooked ? head(rich, lastUpTo(graphemeEnds(rich.text.slice(0, mostLooked)), mostLooked - 100)) : rich;
  const { text } = looked;
  const spans = wholes(text);
  const withTail = (end: number) => {
    const kept = end === 0 ? "" : text.slice(0, end);
    const gap = tail.text === "" ? "" : kept === "" ? " " : kept.includes("\n") ? "\n\n" : " ";
    return join([head(looked, end), "…", gap, tail]);
  };
  const graphemes = graphemeEnds(text);
  const sound = new Set(graphemes);
  const tidy = (end: number) => {
    const shorter = tidyEnd(text, end, spans);
    return shorter === 0 || sound.has(shorter) ? shorter : end;
  };
  const fits = (end: number) => measure.fits(withTail(tidy(end)).text);
  const ends = wordEnds(text, sound, spans);
  const best = lastFitting(ends, fits) || lastFitting(outside(graphemes, spans), fits);
  const least = keptForSentence * measure.length(text.slice(0, best));
  const sentence = ends.findLast((end) => end <= best && sentenceEnd.test(text.slice(0, end)));
  const isEnough = sentence !== undefined && measure.length(text.slice(0, sentence)) >= least && fits(sentence);
  return withTail(tidy(isEnough ? sentence : best));
}

/** The beginning of a text with a link behind it; where not even the link has room the text alone, as much of it as fits. */
export function cutWithLink(rich: RichText, link: RichText, measure: Measure): { rich: RichText; isTruncated: boolean } {
  if (measure.fits(`… ${link.text}`)) return { rich: cutToFit(rich, link, measure), isTruncated: true };
  if (measure.fits(rich.text)) return { rich, isTruncated: false };
  const cut = cutToFit(rich, plain(""), measure);
  return { rich: measure.fits(cut.text) ? cut : plain(""), isTruncated: true };
}

function wordEnds(text: string, sound: ReadonlySet<number>, spans: readonly Span[]): number[] {
  const ends = Array.from(words.segment(text), ({ index, segment }) => index + segment.length);
  return outside(ends, spans).filter((end) => sound.has(end));
}

function outside(ends: readonly number[], spans: readonly Span[]): number[] {
  let at = 0;
  return ends.filter((end) => {
    while (spans[at] && spans[at]!.end <= end) at++;
    return !(spans[at] && spans[at]!.start < end);
  });
}

// Longer texts cost more at every service; what binary search finds has been tried.
function lastFitting(ends: readonly number[], fits: (end: number) => boolean): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(ends[middle]!)) low = middle + 1;
    else high = middle;
  }
  return ends[low - 1] ?? 0;
}

// Punctuation before “…” goes, as long as it belongs to no address.
function tidyEnd(text: string, end: number, spans: readonly Span[]): number {
  const whole = spans.findLast((span) => span.end <= end)?.end ?? 0;
  return whole + text.slice(whole, end).replace(/[\s\p{P}]+$/u, "").length;
}

const lastUpTo = (ends: readonly number[], most: number): number => ends.findLast((end) => end <= most) ?? 0;
