import { anything, books, goal, goals, none, shelves } from "../reading-shapes.ts";
import { json, multipart, urlencoded, type Recorded } from "../recorded.ts";
import { nothing } from "../shapes.ts";

type Feed = { items: { id: number }[] };

const auth = { authorization: "Bearer {key}" };
const form = { ...auth, ...urlencoded };
const edited = multipart({ id: "{book}", title: "The Heron's Year", author: "Una Reed" });
// Percent signs of an address: the zone in brackets, as JavaScript writes it.
const finished = "Mon%20Feb%2002%202026%2021%3A05%3A09%20GMT-0600%20(Central%20Standard%20Time)";

/** The reading-list app: bookshelves, books, goals (client-api.md §7). It parses whatever comes. */
export const readingList: readonly Recorded[] = [
  {
    what: "lists shelves",
    line: "GET /books/bookshelves",
    headers: { ...auth, ...json },
    shape: shelves,
    keep: { want: (feed: Feed) => feed.items[0]!.id, finished: (feed: Feed) => feed.items[2]!.id },
  },
  {
    what: "adds a book",
    line: "POST /books",
    headers: form,
    body: "title=The+Heron&author=Una+Reed&isbn=9780000000002&cover_url=https%3A%2F%2Fcovers.example%2F1.jpg&bookshelf_id={want}",
    shape: anything,
  },
  {
    what: "opens a shelf",
    line: "GET /books/bookshelves/{want}",
    headers: auth,
    shape: books(1),
    keep: { book: (feed: Feed) => feed.items[0]!.id },
  },
  { what: "edits a book", line: "POST /books", headers: { ...auth, ...edited.headers }, body: edited.body, shape: anything },
  { what: "moves it", line: "POST /books/bookshelves/{finished}/assign", headers: form, body: "book_id={book}", shape: anything },
  {
    what: "says when it was finished",
    line: `POST /books/bookshelves/{finished}/save/{book}?date_finished=${finished}`,
    headers: { ...auth, ...json },
    shape: anything,
  },
  {
    what: "gives it a cover",
    line: "POST /books/bookshelves/{finished}/cover/{book}",
    headers: form,
    body: "cover_url=https%3A%2F%2Fcovers.example%2F2.jpg",
    shape: anything,
  },
  { what: "opens the other shelf", line: "GET /books/bookshelves/{finished}", headers: auth, shape: books(1) },
  { what: "searches", line: "GET /books/search?q=heron&format=jsonfeed", headers: auth, shape: books(1) },
  { what: "searches by ISBN", line: "GET /books/search?q=978-0-00-000000-2", headers: auth, shape: books(1) },
  {
    what: "lists goals",
    line: "GET /books/goals",
    headers: auth,
    shape: goals,
    keep: { goal: (feed: Feed) => feed.items[0]!.id },
  },
  { what: "sets a goal", line: "POST /books/goals/{goal}", headers: form, body: "value=24&progress=3", shape: anything },
  { what: "opens a goal", line: "GET /books/goals/{goal}", headers: auth, shape: goal },
  {
    what: "makes a shelf",
    line: "POST /books/bookshelves",
    headers: form,
    body: "name=Birds",
    shape: anything,
    keep: { shelf: (one: { id: number }) => one.id },
  },
  { what: "names it", line: "POST /books/bookshelves/{shelf}", headers: form, body: "name=Waders", shape: anything },
  { what: "takes it away", line: "DELETE /books/bookshelves/{shelf}", headers: { ...auth, ...json }, shape: nothing },
  { what: "takes the book off", line: "DELETE /books/bookshelves/{finished}/remove/{book}", headers: auth, shape: nothing },
  {
    what: "asks for a book that is gone",
    line: "POST /books/bookshelves/{finished}/save/{book}",
    headers: form,
    body: "date_finished=",
    status: 404,
  },
  { what: "lists films", line: "GET /movies/discover", shape: none },
  { what: "searches films", line: "GET /movies/search?q=heron", headers: auth, shape: none },
  {
    what: "reads posts about books",
    line: "GET /micropub?q=source&filter=hub.example%2Fbooks%2F&offset=0&limit=20",
    headers: auth,
  },
  { what: "reads Discover about books", line: "GET /posts/discover/books", shape: none },
  { what: "asks without a key", line: "GET /books/bookshelves", status: 401 },
];
