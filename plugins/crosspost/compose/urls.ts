/** A stretch of a text; UTF-16 units, half-open. */
export type Span = { readonly start: number; readonly end: number };

// What services take for the letters of an address; anything else ends it.
const ADDRESS = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%\u00c0-\u024f\u0400-\u04ff]+/gi;
const HOST = /^https?:\/\/(?:[^/?#@]*@)?(?:[^\s/?#:.]+\.)+[a-z]{2,24}(?=[/?#:]|$)/i;
const MENTION = /(?<![\p{L}\p{N}_.+\-/@])@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*(?:@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+)?/gu;

/** Web addresses in a text, with their scheme, without punctuation that belongs to the sentence. */
export function findUrls(text: string): readonly (Span & { readonly url: string })[] {
  return [...text.matchAll(ADDRESS)].map((found) => {
    const url = withoutSentenceEnd(found[0]);
    return { start: found.index, end: found.index + url.length, url };
  });
}

/** Whether services count and link it as an address: its host ends in a name. */
export const hasPublicHost = (url: string): boolean => HOST.test(url);

/** `@name` and `@name@domain` in a text, outside of addresses of any kind. */
export function findMentions(text: string): readonly (Span & { readonly name: string; readonly domain: string })[] {
  const urls = findUrls(text);
  return [...text.matchAll(MENTION)].flatMap((found) => {
    const [start, end] = [found.index, found.index + found[0].length];
    if (urls.some((url) => url.start < end && start < url.end)) return [];
    const [, name = "", domain = ""] = found[0].split("@");
    return [{ start, end, name, domain }];
  });
}

/** Addresses and mentions: what is never cut. */
export function wholes(text: string): readonly Span[] {
  return [...findUrls(text), ...findMentions(text)].toSorted((one, other) => one.start - other.start);
}

function withoutSentenceEnd(url: string): string {
  let kept = url;
  for (;;) {
    const shorter = kept.replace(/[.,;:!?'*]+$/, "");
    const isOpen = shorter.endsWith(")") && count(shorter, ")") > count(shorter, "(");
    const next = isOpen ? shorter.slice(0, -1) : shorter;
    if (next === kept) return kept;
    kept = next;
  }
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;
