import { plainText } from "rookery/plugin";
import { hashOf } from "../rows.ts";

/** What the rules know of something that a new account says. */
export type Said = {
  readonly html: string;
  /** How many other things this account said before, 4 at most. */
  readonly before: number;
  /** How many of them said the same. */
  readonly same: number;
  /** Hosts that are nobody's advertisement: this installation and its blogs. */
  readonly isOwnHost: (host: string) => boolean;
  readonly words: readonly string[];
};

/** Why something is held. */
export type Why = "links" | "same" | "mentions" | "words";

// An account's first three posts or replies hold no link; the same words three times; five names at once.
const [firstFew, sameTimes, mostNames] = [3, 2, 4];

/** What about it looks like spam, by plain rules. Nothing is scored: one is enough, and a person looks. */
export function whyHeld(said: Said): readonly Why[] {
  const text = foldedText(said.html);
  const found: readonly (readonly [Why, boolean])[] = [
    ["links", said.before < firstFew && linkedHosts(said.html).some((host) => !said.isOwnHost(host))],
    ["same", said.same >= sameTimes],
    ["mentions", namesIn(text).size > mostNames],
    ["words", said.words.some((word) => text.includes(` ${word} `))],
  ];
  return found.filter(([, is]) => is).map(([why]) => why);
}

/** The words of the installation's list, folded as texts are. */
export function wordsFrom(list: string | undefined): readonly string[] {
  const lines = (list ?? "").split(/\r?\n/).map((line) => folded(line).trim());
  return lines.filter((line) => line !== "").slice(0, 1_000);
}

/**
 * What tells whether something says the same. It begins with its words, letters and digits only and without addresses, so that a
 * changing tail is no disguise for who repeats; the rest is all of it, so that an address that is put in later is a change.
 */
export function saidHash(html: string): string {
  const addresses = [...html.matchAll(/\b(?:href|src)="([^"]*)"/gi)].map(([, url]) => url);
  return wordsHash(html) + hashOf(JSON.stringify([plainText(html), addresses])).slice(0, half);
}

/** Between which hashes those lie that have the same words. */
export const sameWords = (html: string): readonly [from: string, to: string] => [wordsHash(html), `${wordsHash(html)}g`];

const half = 32;
const wordsHash = (html: string): string =>
  hashOf(folded(plainText(html).replace(/https?:\/\/\S+/gi, " ")).trim()).slice(0, half);

/** Hosts that something links to, in links or in plain words. */
export function linkedHosts(html: string): readonly string[] {
  const linked = [...html.matchAll(/\bhref="(https?:[^"]{1,2048})"/gi)].map(([, url]) => url!.replaceAll("&amp;", "&"));
  const written = plainText(html).match(/\bhttps?:\/\/[^\s<>"]{1,2048}/gi) ?? [];
  return [...linked, ...written].flatMap((url) => URL.parse(url)?.hostname ?? []);
}

const namesIn = (text: string): ReadonlySet<string> => new Set(text.match(/@[a-z0-9_-]+/g) ?? []);
const foldedText = (html: string): string => ` ${folded(plainText(html), "@")} `;

// Compatibility forms, accents, invisible letters and signs are no disguise.
function folded(text: string, keep = ""): string {
  const plain = text.toWellFormed().slice(0, 20_000).normalize("NFKD").toLowerCase();
  return plain.replace(/[\p{M}\p{Cf}]/gu, "").replace(new RegExp(`[^\\p{L}\\p{N}${keep}]+`, "gu"), " ");
}
