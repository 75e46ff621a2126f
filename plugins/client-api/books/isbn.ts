import { invalid } from "../wire/answers.ts";

/** An ISBN without hyphens, in capitals; null for what is none. */
export function isbnIn(text: string | null | undefined): string | null {
  const bare = (text ?? "").replace(/[\s-]/g, "").toUpperCase();
  return /^(\d{13}|\d{9}[\dX])$/.test(bare) ? bare : null;
}

/** The ISBN a request names, empty when it names none. PublicError 400 for what is none. */
export function isbnOf(text: string | null): string {
  if ((text ?? "").trim() === "") return "";
  const isbn = isbnIn(text);
  if (isbn === null) throw invalid("An ISBN has 10 or 13 digits.");
  return isbn;
}

/** The ISBNs that a text links to on this installation. */
export function isbnsIn(source: string, siteUrl: string): string[] {
  const { host } = new URL(siteUrl);
  const links = new RegExp(`https?://${RegExp.escape(host)}/books/([0-9Xx-]{10,17})(?![0-9A-Za-z])`, "g");
  return [...source.matchAll(links)].flatMap(([, isbn]) => isbnIn(isbn) ?? []);
}
