/** A stretch of a text; UTF-16 units, half-open. */
export type Span = { readonly start: number; readonly end: number };

// What services take for the letters of an address; anything else ends it. Longer ones are none anywhere.
const ADDRESS = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%\u00c0-\u024f\u0400-\u04ff]{1,4096}/gi;
const SENTENCE_END = /[.,;:!?'*]/;
const HOST = /^https?:\/\/(?:[^/?#@]*@)?(?:[^\s/?#:.]+\.)+[a-z]{2,24}(?=[/?#:]|$)/i;
const MENTION = /(?<![\p{L}\p{N}_.+\-/@])@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*(?:@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+)?/gu;

/** Web addresses in a text, with their scheme, without punctuation that belongs to the sentence. */
export function findUrls(text: string): readonly (Span & { readonly url: string })[] {
  const found: (Span & { url: string })[] = [];
  const address = new RegExp(ADDRESS);
  for (let match = address.exec(text); match; match = address.exec(text)) {
    const url = withoutEnd(match[0].slice(0, strayBracket(match[0])), SENTENCE_END);
    const [start, end] = [match.index, match.index + url.length];
    found.push({ start, end, url });
    // What was not of this address may begin the next.
    address.lastIndex = end;
  }
  return found;
}

/** Whether services count and link it as an address: its host ends in a name. */
export const hasPublicHost = (url: string): boolean => HOST.test(url);

// What Mastodon and X both take for an address: a name as its host, brackets in pairs, a query of plain letters, and a last letter
// that belongs to no sentence. Whatever they may end sooner than that is counted letter by letter.
const SURE =
  /^https?:\/\/(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+[a-z]{2,24}(?::\d+)?(?:(?:\/(?:[^()?]|\([^()?]+\))*)?(?:\?[\w!?*'();:&=+$/%#[\]\-.,~@]*)?|$)/iu;
const JOINED = /[A-Za-z0-9_@＠$#＃\u202a-\u202e]$/;

/** Where an address that findUrls() found in the text ends for certain, by the rules of every service; where it starts if it is none. */
export function sureEnd(text: string, { start, url }: { readonly start: number; readonly url: string }): number {
  const sure = JOINED.test(text.slice(Math.max(0, start - 1), start)) ? "" : (SURE.exec(url)?.[0] ?? "");
  const ended = withoutEnd(sure, sure.includes("?") ? /[^\p{L}\p{N}_/#-]/u : /[^\p{L}\p{N}_/#)-]/u);
  return start + (HOST.test(ended) ? ended.length : 0);
}

/** `@name` and `@name@domain` in a text, outside of addresses of any kind. */
export function findMentions(text: string): readonly (Span & { readonly name: string; readonly domain: string })[] {
  const isInUrl = overlaps(findUrls(text));
  return [...text.matchAll(MENTION)].flatMap((found) => {
    const [start, end] = [found.index, found.index + found[0].length];
    if (isInUrl(start, end)) return [];
    const [, name = "", domain = ""] = found[0].split("@");
    return [{ start, end, name, domain }];
  });
}

const SURE_MENTION =
  /(?<![\p{L}\p{M}\p{N}\p{Pc}=/@.+-])@([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)@[\p{L}\p{M}\p{N}_]+(?:[.-]+[\p{L}\p{M}\p{N}_]+)*(?![\p{L}\p{M}\p{N}_@＠]|[.-]+[\p{L}\p{M}\p{N}_]|:\/\/)/giu;

/** Those of `@name@domain` that Mastodon surely counts without their domain: it knows names in ASCII letters alone. */
export function sureMentions(text: string): readonly (Span & { readonly name: string })[] {
  const isInUrl = overlaps(findUrls(text));
  return [...text.matchAll(SURE_MENTION)].flatMap((found) => {
    const [start, end] = [found.index, found.index + found[0].length];
    return isInUrl(start, end) ? [] : [{ start, end, name: found[1]! }];
  });
}

/** Addresses and mentions: what is never cut. */
export function wholes(text: string): readonly Span[] {
  return [...findUrls(text), ...findMentions(text)].toSorted((one, other) => one.start - other.start);
}

// Asked from the beginning of a text to its end, so each stretch is passed once.
function overlaps(spans: readonly Span[]): (start: number, end: number) => boolean {
  let at = 0;
  return (start, end) => {
    while (at < spans.length && spans[at]!.end <= start) at++;
    return at < spans.length && spans[at]!.start < end;
  };
}

// One letter after the other: a pattern with an end would look at each place of a long run anew.
function withoutEnd(url: string, dropped: RegExp): string {
  let end = url.length;
  while (end > 0 && dropped.test(url[end - 1]!)) end--;
  return url.slice(0, end);
}

// Where a bracket closes that the address did not open: there ends whatever stands in brackets around it.
function strayBracket(url: string): number {
  let open = 0;
  for (let at = 0; at < url.length; at++) {
    if (url[at] === "(") open++;
    if (url[at] === ")" && --open < 0) return at;
  }
  return url.length;
}
