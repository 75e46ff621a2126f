import { plainText } from "rookery/plugin";
import { isbnIn } from "./isbn.ts";

/** The book that a post is about, as apps write it: `Finished reading: [Title](https://HOST/books/ISBN) by Author 📚`. Null for none. */
export function toldBook(html: string, siteUrl: string): { isbn: string; title: string; author: string } | null {
  const host = RegExp.escape(new URL(siteUrl).host);
  const link = new RegExp(
    `<a\\b[^>]{0,500}\\bhref="https?://${host}/books/([0-9Xx-]{10,17})"[^>]{0,500}>([^]{0,1000}?)</a>([^<]{0,300})`,
  );
  const [, number, words = "", after = ""] = link.exec(html) ?? [];
  const isbn = isbnIn(number);
  if (isbn === null) return null;
  const [, author = ""] = /^\s*by\s+([^\p{Extended_Pictographic}\n]+)/u.exec(plainText(after)) ?? [];
  return { isbn, title: plainText(words).trim(), author: author.trim() };
}
