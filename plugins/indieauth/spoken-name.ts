/** A name somebody gave themselves, for showing: one line without letters that hide or turn others, at most 100; empty for none. */
export function spokenName(value: unknown): string {
  if (typeof value !== "string") return "";
  const plain = value
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return [...plain].slice(0, 100).join("");
}
