import type { Route } from "rookery/plugin";
import { answer, done } from "../wire/answers.ts";
import { feedReply } from "../wire/feed.ts";
import { numberOf, textOf } from "../wire/input.ts";
import { route, type Call } from "../wire/route.ts";
import { idOf } from "../wire/typed.ts";
import { addBook, bookOf, booksOn, editBook, moveBook, removeBook, searchBooks, setCover, setFinished } from "./books.ts";
import { bookPage } from "./book-page.ts";
import { coverReply } from "./cover.ts";
import { bookItem, goalItem, shelfItem } from "./feed-items.ts";
import { finishedOn } from "./finished-on.ts";
import { goalOf, goalsOf, setGoal } from "./goals.ts";
import { isbnIn } from "./isbn.ts";
import { addShelf, removeShelf, renameShelf, shelfOf, shelvesOf } from "./shelves.ts";

const shelf = "/books/bookshelves/:shelf";

/** Bookshelves, reading goals, and what there is of films: nothing. */
export const bookRoutes: readonly Route[] = [
  route("GET", "/books/bookshelves", listShelves),
  route("POST", "/books/bookshelves", makeShelf),
  route("GET", shelf, listBooks),
  route("POST", shelf, nameShelf),
  route("DELETE", shelf, dropShelf),
  route("POST", "/books", keepBook),
  route("POST", `${shelf}/assign`, assign),
  route("DELETE", `${shelf}/remove/:book`, takeOff),
  route("POST", `${shelf}/cover/:book`, cover),
  route("POST", `${shelf}/save/:book`, finish),
  route("GET", "/books/search", search),
  route("GET", "/books/goals", listGoals),
  route("GET", "/books/goals/:goal", oneGoal),
  route("POST", "/books/goals/:goal", changeGoal),
  route("GET", "/books/:isbn/cover.jpg", coverReply),
  route("GET", "/books/:isbn", bookPage),
  route("GET", "/movies/search", noFilms),
  route("GET", "/movies/discover", noFilms),
  route("GET", "/movies/discover/*film", noFilms),
];

async function listShelves({ context, need }: Call) {
  const shelves = await shelvesOf(context, reader(need));
  const items = shelves.map((one) => shelfItem(context, one));
  return feedReply(context, { title: "Bookshelves", path: "/books/bookshelves", items });
}

async function makeShelf({ context, need, input }: Call) {
  return answer(shelfItem(context, await addShelf(context, writer(need), input.get("name"))));
}

async function listBooks({ context, need, params }: Call) {
  const accountId = reader(need);
  const found = await shelfOf(context, accountId, shelfIn(params));
  const items = (await booksOn(context, accountId, found)).map((book) => bookItem(context, book));
  return feedReply(context, { title: found.name, path: `/books/bookshelves/${found.number}`, items });
}

async function nameShelf({ context, need, params, input }: Call) {
  return answer(shelfItem(context, await renameShelf(context, writer(need), shelfIn(params), input.get("name"))));
}

async function dropShelf({ context, need, params }: Call) {
  await removeShelf(context, writer(need), shelfIn(params));
  return done();
}

async function keepBook({ context, need, input }: Call) {
  const accountId = writer(need);
  const [id, said] = [numberOf(input.get("id")), textOf(input, "bookshelf_id")];
  const shelfNumber = said === "" ? null : idOf(said, noShelf);
  if (id === null) {
    const on = shelfNumber ?? (await shelvesOf(context, accountId))[0]!.number;
    return answer(bookItem(context, await addBook(context, accountId, on, input)));
  }
  const book = await editBook(context, accountId, id, input);
  return answer(bookItem(context, shelfNumber === null ? book : await moveBook(context, accountId, shelfNumber, id)));
}

async function assign({ context, need, params, input }: Call) {
  const number = idOf(input.get("book_id"), noBook);
  return answer(bookItem(context, await moveBook(context, writer(need), shelfIn(params), number)));
}

async function takeOff({ context, need, params }: Call) {
  await removeBook(context, writer(need), placeIn(params));
  return done();
}

async function cover({ context, need, params, input }: Call) {
  await setCover(context, writer(need), placeIn(params), input.get("cover_url"));
  return changed({ context, need, params });
}

async function finish({ context, need, params, input }: Call) {
  await setFinished(context, writer(need), placeIn(params), finishedOn(input.get("date_finished")));
  return changed({ context, need, params });
}

async function search({ context, need, input }: Call) {
  need("any");
  const words = textOf(input, "q").slice(0, 200);
  const books = words === "" ? [] : await searchBooks(context, words, isbnIn(words));
  // Whose shelf it stands on, and when, is nobody's business.
  const items = books.map((book) => bookItem(context, { ...book, finishedAt: null }));
  return feedReply(context, { title: "Books", path: "/books/search", items });
}

async function listGoals({ context, need }: Call) {
  const items = (await goalsOf(context, reader(need))).map(goalItem);
  return feedReply(context, { title: "Reading goals", path: "/books/goals", items });
}

async function oneGoal({ context, need, params }: Call) {
  const accountId = reader(need);
  const goal = await goalOf(context, accountId, goalIn(params));
  const books = await Promise.all(goal.isbns.map((isbn) => searchBooks(context, "", isbn)));
  const items = books.flatMap(([book]) => (book ? [bookItem(context, { ...book, finishedAt: null })] : []));
  const { _microblog: more } = goalItem(goal);
  return feedReply(context, { title: `${goal.year}`, path: `/books/goals/${goal.number}`, items, more });
}

async function changeGoal({ context, need, params, input }: Call) {
  return answer(goalItem(await setGoal(context, writer(need), goalIn(params), input)));
}

function noFilms({ context, need, request }: Call) {
  if (request.path === "/movies/search") need("any");
  return feedReply(context, { title: "Movies", path: request.path, items: [] });
}

async function changed({ context, need, params }: Pick<Call, "context" | "need" | "params">) {
  return answer(bookItem(context, await bookOf(context, need("any").account.id, bookIn(params))));
}

const [noBook, noShelf] = ["You have no such book.", "You have no such bookshelf."];
const reader = (need: Call["need"]): string => need("read").account.id;
const writer = (need: Call["need"]): string => need("create").account.id;
const shelfIn = (params: Call["params"]): number => idOf(params.shelf, noShelf);
const bookIn = (params: Call["params"]): number => idOf(params.book, noBook);
const placeIn = (params: Call["params"]) => ({ shelf: shelfIn(params), book: bookIn(params) });
const goalIn = (params: Call["params"]): number => idOf(params.goal, "You have no such goal.");
