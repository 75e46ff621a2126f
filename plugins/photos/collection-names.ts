import { PublicError } from "rookery/plugin";

const longest = 80;

/** A collection's name as it is kept. PublicError 422 when it cannot stand in a shortcode or an address. */
export function cleanName(given: string): string {
  const name = given.normalize("NFC").replace(/\s+/g, " ").trim();
  if (name === "") throw new PublicError("name-empty", "Give the collection a name.", 422);
  if (name.length > longest) throw new PublicError("name-long", `A name has ${longest} letters at most.`, 422);
  if (/["“”„<>{}\p{Cc}]/u.test(name))
    throw new PublicError("name-letters", "A name has no quotation marks, brackets of HTML or braces.", 422);
  return name;
}

/** What names are compared by: however it is typed, a name is the same. */
export function nameKey(name: string): string {
  return name.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase().slice(0, 190);
}

/** The address of a new collection: its name in small letters, with a number where others have the same. */
export function freeSlug(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize("NFKD")
    .replace(/(?<=[a-zA-Z])\p{Mn}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  const slug = words || "collection";
  for (let n = 1; ; n++) {
    const tried = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(tried)) return tried;
  }
}
