import { xmlText } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { dated } from "../wire/dates.ts";
import type { Book } from "./books.ts";
import type { Goal } from "./goals.ts";
import type { Shelf } from "./shelves.ts";

/** Where a book has its page here; the web's own search for one without an ISBN would be a guess, so that one has none. */
export const pageOf = ({ site }: Pick<Own, "site">, isbn: string): string =>
  isbn === "" ? "" : new URL(`/books/${isbn}`, site.url).href;

/** A shelf as apps read it. */
export function shelfItem({ site }: Pick<Own, "site">, { number, name, kind, count, createdAt }: Shelf) {
  return {
    id: number,
    title: name,
    content_text: name,
    url: new URL(`/books/bookshelves/${number}`, site.url).href,
    date_published: dated(createdAt),
    _microblog: { type: kind, books_count: count },
  };
}

/** A book as apps read it. */
export function bookItem(context: Pick<Own, "site">, book: Book) {
  return {
    id: book.number,
    title: book.title,
    content_text: "",
    content_html: `<p>${xmlText(book.title)}</p>`,
    url: pageOf(context, book.isbn),
    image: book.coverUrl,
    date_published: dated(book.createdAt),
    authors: [{ name: book.author }],
    _microblog: { isbn: book.isbn, ...(book.finishedAt && { date_finished: dated(book.finishedAt) }) },
  };
}

/** A goal as apps read it. */
export function goalItem({ number, year, value, progress, isbns }: Goal) {
  return {
    id: number,
    title: `${year}`,
    content_text: `${progress} of ${value} books`,
    _microblog: { goal_year: year, goal_value: value, goal_progress: progress, isbns: [...isbns] },
  };
}
