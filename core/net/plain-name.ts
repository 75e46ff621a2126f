const longest = 200;
// Letters and signs that are drawn as nothing.
const blank = /[\u115f\u1160\u2800\u3164\uffa0]/g;

/**
 * A name of somebody as it can stand among other words: one line of at most 200 characters, without what turns the words after it around
 * (directional embeddings, overrides and isolates); "" when nothing of it can be seen.
 */
export function plainName(text: string): string {
  const line = text
    .slice(0, 4 * longest)
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line.replace(blank, ""))) return "";
  // Not half of a letter at its end.
  return line
    .slice(0, longest)
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
}
