import { findUrls, hasPublicHost, sureEnd } from "./urls.ts";

/*
 * The weights of X, configuration v3: code points of alphabets count one, others two, an emoji of whatever length two, an address 23.
 */
const light: readonly (readonly [number, number])[] = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
];
const [addressWeight, emojiWeight] = [23, 2];

const EMOJI = /\p{RGI_Emoji}/gv;
// X links domains without a scheme too; which of them depends on a list of top-level domains that changes.
const BARE = /(?<![\w@/.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?![\w@-])/gi;

/** The length of a text as X counts it. Where it is open whether X sees an address, the higher number. */
export function weightOf(text: string): number {
  const normal = text.normalize("NFC");
  let total = 0;
  let at = 0;
  for (const { start, end, url } of findUrls(normal)) {
    const sure = sureEnd(normal, { start, url });
    const weight = plainWeight(url);
    total += plainWeight(normal.slice(at, start));
    if (sure > start) total += addressWeight + plainWeight(normal.slice(sure, end));
    else total += hasPublicHost(url) ? Math.max(addressWeight, weight) : weight;
    at = end;
  }
  return total + plainWeight(normal.slice(at));
}

function plainWeight(text: string): number {
  let total = 0;
  const rest = text.replace(BARE, (domain) => {
    total += Math.max(addressWeight, domain.length);
    return "";
  });
  const letters = rest.replace(EMOJI, () => {
    total += emojiWeight;
    return "";
  });
  for (const letter of letters) total += isLight(letter.codePointAt(0)!) ? 1 : 2;
  return total;
}

const isLight = (point: number): boolean => light.some(([from, to]) => from <= point && point <= to);
