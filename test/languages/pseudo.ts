const letters: Readonly<Record<string, string>> = Object.fromEntries(
  [..."aáeéiíoóuúyýnñcçsšzžrřtťdďgğlłAÁEÉIÍOÓUÚYÝNÑCÇSŠZŽRŘTŤDĎGĞLŁbƀhħjĵkķmɱpƥwŵBƁHĦJĴKĶMṀPƤWŴfƒvṽxẋFƑVṼXẊqɋQɊ"].reduce<
    [string, string][]
  >((pairs, letter, at, all) => (at % 2 === 0 ? [...pairs, [letter, all[at + 1]!]] : pairs), []),
);

/** A made-up language for tests: `en-XA` is English with marks on all letters and a third longer, `ar-XB` runs from right to left. */
export type PseudoLanguage = "en-XA" | "ar-XB";

/** Whether a tag names one of them. */
export function isPseudo(tag: string): tag is PseudoLanguage {
  return tag === "en-XA" || tag === "ar-XB";
}

/** A catalogue in a made-up language: what shows up without marks does not come from the catalogue. */
export function pseudoCatalogue(language: PseudoLanguage, english: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(english).map(([key, text]) => [key, language === "en-XA" ? lengthened(text) : mirrored(text)]),
  );
}

/** Whether a text has Latin letters that none of the made-up languages would show. */
export function isPlainEnglish(text: string): boolean {
  return /[a-zA-Z]{2}/.test(text) && !/[^\P{L}a-zA-Z]/u.test(text);
}

// Names in braces stay, and so does the skeleton of plurals.
function overWords(text: string, change: (words: string) => string): string {
  const plural = /\{\w+, plural, (?:=?\w+ \{[^{}]*\} ?)+\}/g;
  const parts: string[] = [];
  let at = 0;
  for (const found of text.matchAll(plural)) {
    parts.push(overPlain(text.slice(at, found.index), change));
    parts.push(
      found[0].replace(/(=?\w+ \{)([^{}]*)(\})/g, (_all, head: string, form: string, end: string) => head + change(form) + end),
    );
    at = found.index + found[0].length;
  }
  parts.push(overPlain(text.slice(at), change));
  return parts.join("");
}

const overPlain = (text: string, change: (words: string) => string) =>
  text
    .split(/(\{\w+\})/)
    .map((part, at) => (at % 2 === 1 ? part : change(part)))
    .join("");

function lengthened(text: string): string {
  const accented = overWords(text, (words) => [...words].map((letter) => letters[letter] ?? letter).join(""));
  const more = Math.ceil(text.replace(/\{[^{}]*\}/g, "").length / 3);
  return accented + " žžžž".repeat(Math.ceil(more / 5)).slice(0, Math.max(more, 1));
}

// Marks that turn the direction of what they enclose, so that Latin letters read from the right as Arabic does.
function mirrored(text: string): string {
  return overWords(text, (words) => (/[a-zA-Z]/.test(words) ? `\u202e${words}\u202c` : words));
}
