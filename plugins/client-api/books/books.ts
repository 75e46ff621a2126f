import type { Own } from "../settings.ts";
import { aloneWith, insertRow, newId } from "../numbered.ts";
import { invalid, missing } from "../wire/answers.ts";
import { oneLine, refused, webAddress } from "../wire/typed.ts";
import { isbnOf } from "./isbn.ts";
import { shelfOf, shelvesOf, type Shelf } from "./shelves.ts";

/** A book on somebody's shelf. */
export type Book = {
  readonly number: number;
  readonly shelfId: string;
  readonly isbn: string;
  readonly title: string;
  readonly author: string;
  readonly coverUrl: string;
  readonly finishedAt: string | null;
  readonly createdAt: string;
};
/** A book on a shelf, both by their numbers. */
export type Place = { readonly shelf: number; readonly book: number };
type Row = Record<string, string | number | null>;

const mostBooks = 10_000;
const columns = "number, shelf_id, isbn, title, author, cover_url, finished_at, created_at";

/** The books of a shelf, the newest first. */
export async function booksOn({ tables }: Own, accountId: string, shelf: Pick<Shelf, "id">): Promise<readonly Book[]> {
  const sql = `SELECT ${columns} FROM p_client_api_books WHERE account_id = ? AND shelf_id = ? ORDER BY number DESC LIMIT ${mostBooks}`;
  return (await tables.query<Row>(sql, [accountId, shelf.id])).map(bookFrom);
}

/** All books that somebody finished in a year. */
export async function finishedIn({ tables }: Own, accountId: string, year: number): Promise<readonly Book[]> {
  const sql = `SELECT ${columns} FROM p_client_api_books WHERE account_id = ? AND finished_at >= ? AND finished_at < ? ORDER BY number DESC LIMIT ${mostBooks}`;
  return (await tables.query<Row>(sql, [accountId, `${year}-01-01`, `${year + 1}-01-01`])).map(bookFrom);
}

/** One book of somebody by its number; PublicError 404. */
export async function bookOf({ tables }: Own, accountId: string, number: number): Promise<Book> {
  const sql = `SELECT ${columns} FROM p_client_api_books WHERE number = ? AND account_id = ?`;
  const [row] = await tables.query<Row>(sql, [number, accountId]);
  if (!row) throw missing("You have no such book.");
  return bookFrom(row);
}

/** Puts a book on a shelf. The same ISBN is on a shelf once. */
export async function addBook(context: Own, accountId: string, shelfNumber: number, said: URLSearchParams): Promise<Book> {
  const shelf = await shelfOf(context, accountId, shelfNumber);
  const values = valuesOf(said);
  if (values.title === "") throw invalid("A book needs a title.");
  const same = () => (values.isbn === "" ? null : bookBy(context, accountId, shelf, values.isbn));
  const before = await same();
  if (before) return before;
  const all = (await shelvesOf(context, accountId)).reduce((sum, { count }) => sum + count, 0);
  if (all >= mostBooks) throw refused("You have 10,000 books on your shelves, which is the most.");
  const { id, number, now } = await newId(context);
  return aloneWith(context, "shelves", shelf.id, async () => {
    const other = await same();
    if (other) return other;
    await insertRow(context, "books", {
      id,
      number,
      account_id: accountId,
      shelf_id: shelf.id,
      ...values,
      words: wordsOf(values),
      cover_url: values.cover_url ?? "",
      finished_at: shelf.kind === "finished" ? now : null,
      created_at: now,
      updated_at: now,
    });
    return bookOf(context, accountId, number);
  });
}

async function bookBy({ tables }: Own, accountId: string, { id }: Shelf, isbn: string): Promise<Book | null> {
  const sql = `SELECT ${columns} FROM p_client_api_books WHERE account_id = ? AND shelf_id = ? AND isbn = ? ORDER BY number LIMIT 1`;
  const [row] = await tables.query<Row>(sql, [accountId, id, isbn]);
  return row ? bookFrom(row) : null;
}

/** Changes what is said of a book; what is left out stays. */
export async function editBook(context: Own, accountId: string, number: number, said: URLSearchParams): Promise<Book> {
  const book = await bookOf(context, accountId, number);
  const all = valuesOf(said);
  const values = {
    isbn: said.has("isbn") ? all.isbn : book.isbn,
    title: all.title || book.title,
    author: said.has("author") ? all.author : book.author,
  };
  const changes = { ...values, words: wordsOf(values), cover_url: all.cover_url ?? book.coverUrl };
  await change(context, accountId, number, changes);
  return bookOf(context, accountId, number);
}

/** Puts a book on another shelf; on the one for finished books it gets its day, unless it has one. */
export async function moveBook(context: Own, accountId: string, shelfNumber: number, number: number): Promise<Book> {
  const [shelf, book] = [await shelfOf(context, accountId, shelfNumber), await bookOf(context, accountId, number)];
  const finishedAt = shelf.kind === "finished" ? (book.finishedAt ?? context.clock.now().toISOString()) : book.finishedAt;
  await change(context, accountId, number, { shelf_id: shelf.id, finished_at: finishedAt });
  return bookOf(context, accountId, number);
}

/** Takes a book off a shelf. */
export async function removeBook(context: Own, accountId: string, place: Place): Promise<void> {
  await bookHere(context, accountId, place);
  await context.tables.run("DELETE FROM p_client_api_books WHERE number = ? AND account_id = ?", [place.book, accountId]);
}

/** Another picture of a book on a shelf. */
export async function setCover(context: Own, accountId: string, place: Place, url: string | null) {
  await bookHere(context, accountId, place);
  await change(context, accountId, place.book, { cover_url: coverOf(url) });
}

/** The day on which a book was finished. */
export async function setFinished(context: Own, accountId: string, place: Place, at: string | null) {
  await bookHere(context, accountId, place);
  await change(context, accountId, place.book, { finished_at: at });
}

/** What people here put on their shelves, of an ISBN or with these words: what a book is, never whose. */
export async function searchBooks({ tables }: Own, words: string, isbn: string | null): Promise<readonly Book[]> {
  const like = `%${words.toLowerCase().replace(/[%_|]/g, (sign) => `|${sign}`)}%`;
  const [where, value] = isbn ? ["isbn = ?", isbn] : ["words LIKE ? ESCAPE '|'", like];
  const sql = `SELECT ${columns} FROM p_client_api_books WHERE ${where} ORDER BY number DESC LIMIT 200`;
  const found = new Map<string, Book>();
  for (const book of (await tables.query<Row>(sql, [value])).map(bookFrom)) {
    const what = book.isbn || `${book.title} ${book.author}`.toLowerCase();
    const before = found.get(what);
    if (!before || (before.coverUrl === "" && book.coverUrl !== "")) found.set(what, book);
  }
  return [...found.values()].slice(0, 25);
}

async function bookHere(context: Own, accountId: string, place: Place): Promise<void> {
  const [shelf, book] = [await shelfOf(context, accountId, place.shelf), await bookOf(context, accountId, place.book)];
  if (book.shelfId !== shelf.id) throw missing("This book is on another shelf.");
}

async function change({ tables, clock }: Own, accountId: string, number: number, values: Row): Promise<void> {
  const all: Row = { ...values, updated_at: clock.now().toISOString() };
  const names = Object.keys(all).map((name) => `${name} = ?`);
  await tables.run(`UPDATE p_client_api_books SET ${names.join(", ")} WHERE number = ? AND account_id = ?`, [
    ...Object.values(all),
    number,
    accountId,
  ]);
}

function valuesOf(said: URLSearchParams) {
  return {
    isbn: isbnOf(said.get("isbn")),
    title: oneLine(said.get("title"), 300),
    author: oneLine(said.get("author"), 300),
    ...(said.has("cover_url") && { cover_url: coverOf(said.get("cover_url")) }),
  };
}

function coverOf(text: string | null): string {
  const url = webAddress(text);
  if (url === null) throw invalid("The cover must be an address of the web, https://…");
  return url;
}

const wordsOf = ({ title, author }: { title: string; author: string }): string => `${title} ${author}`.toLowerCase();

function bookFrom(row: Row): Book {
  const text = (name: string) => String(row[name] ?? "");
  return {
    number: Number(row.number),
    shelfId: text("shelf_id"),
    isbn: text("isbn"),
    title: text("title"),
    author: text("author"),
    coverUrl: text("cover_url"),
    finishedAt: row.finished_at === null ? null : text("finished_at"),
    createdAt: text("created_at"),
  };
}
