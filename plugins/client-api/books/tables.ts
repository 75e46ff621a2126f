import { int, key, line, optional, ref, text, time, word, type TableShape } from "rookery/plugin";

/** Somebody's bookshelves. */
const shelves: TableShape = {
  name: "p_client_api_shelves",
  columns: {
    id: key(),
    number: int(),
    blog_id: word(26),
    account_id: ref(),
    /** want, reading, finished, or custom. */
    kind: word(16),
    name: line(100),
    /** The name in small letters: nobody has two of one name. */
    name_key: line(100),
    created_at: time(),
  },
  indexes: [
    { name: "p_client_api_shelves_number", columns: ["number"], unique: true },
    { name: "p_client_api_shelves_name", columns: ["account_id", "name_key"], unique: true },
  ],
};

/** Books on them. */
const books: TableShape = {
  name: "p_client_api_books",
  columns: {
    id: key(),
    number: int(),
    blog_id: word(26),
    account_id: ref(),
    shelf_id: ref(),
    /** 10 or 13 digits, or empty. */
    isbn: word(13),
    title: line(300),
    author: line(300),
    /** Both in small letters, to search in. */
    words: text(),
    cover_url: text(),
    finished_at: optional(time()),
    created_at: time(),
    updated_at: time(),
  },
  indexes: [
    { name: "p_client_api_books_number", columns: ["number"], unique: true },
    { name: "p_client_api_books_shelf", columns: ["account_id", "shelf_id", "number"] },
    { name: "p_client_api_books_isbn", columns: ["isbn", "number"] },
  ],
};

/** How many books somebody wants to read in a year. */
const goals: TableShape = {
  name: "p_client_api_goals",
  columns: {
    id: key(),
    number: int(),
    blog_id: word(26),
    account_id: ref(),
    year: int(),
    value: int(),
    /** What they said themselves; empty: it is counted. */
    progress: optional(int()),
    created_at: time(),
  },
  indexes: [
    { name: "p_client_api_goals_number", columns: ["number"], unique: true },
    { name: "p_client_api_goals_year", columns: ["account_id", "year"], unique: true },
  ],
};

export const bookTables: readonly TableShape[] = [shelves, books, goals];
