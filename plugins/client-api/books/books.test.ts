import { readFileSync } from "node:fs";
import test from "ava";
import { open } from "../client-api.testing.ts";
import { finishedOn } from "./finished-on.ts";
import { isbnIn, isbnsIn } from "./isbn.ts";

type Feed = {
  items: { id: number; title: string; image?: string; authors?: { name: string }[]; _microblog: Record<string, unknown> }[];
};

test("three shelves are there at first; books are added, edited, moved, finished and taken off", async (t) => {
  const { host, kim, lee, ask, keyOf } = await open(t);
  const [key, other] = [await keyOf(kim), await keyOf(lee)];
  const get = async (path: string, as = key) => (await ask(`GET ${path}`, { key: as })).json() as Feed;
  const shelves = await get("/books/bookshelves");
  t.deepEqual(
    shelves.items.map(({ _microblog: { type, books_count: count } }) => [type, count]),
    [
      ["want", 0],
      ["reading", 0],
      ["finished", 0],
    ],
  );
  t.true(shelves.items.every(({ id, title }) => Number.isInteger(id) && title !== ""));
  const [want, , finished] = shelves.items.map(({ id }) => id);

  const book = {
    title: "The Heron\n ’s  Year",
    author: "Una Reed",
    isbn: "978-0-00-000000-2",
    cover_url: "https://covers.example/1.jpg",
  };
  const added = await ask("POST /books", { key, form: { ...book, bookshelf_id: String(want) } });
  t.is(added.status, 200);
  const { id } = added.json() as { id: number };
  t.is(((await ask("POST /books", { key, form: { ...book, bookshelf_id: String(want) } })).json() as { id: number }).id, id);
  const [first] = (await get(`/books/bookshelves/${want}`)).items;
  t.like(first, { id, title: "The Heron ’s Year", image: "https://covers.example/1.jpg", authors: [{ name: "Una Reed" }] });
  t.deepEqual(first!._microblog, { isbn: "9780000000002" });

  await ask("POST /books", { key, json: { id, title: "The Heron’s Year" } });
  await ask(`POST /books/bookshelves/${finished}/assign?book_id=${id}`, { key });
  t.deepEqual((await get(`/books/bookshelves/${want}`)).items, []);
  const moved = (await get(`/books/bookshelves/${finished}`)).items[0]!;
  t.like(moved, { title: "The Heron’s Year", _microblog: { date_finished: "2026-05-01T12:00:00+00:00" } });
  const date = "Thu Feb 05 2026 22:30:00 GMT-0600 (Central Standard Time)";
  await ask(`POST /books/bookshelves/${finished}/save/${id}`, { key, form: { date_finished: date } });
  await ask(`POST /books/bookshelves/${finished}/cover/${id}`, { key, form: { cover_url: "https://covers.example/2.jpg" } });
  t.like((await get(`/books/bookshelves/${finished}`)).items[0], {
    image: "https://covers.example/2.jpg",
    _microblog: { date_finished: "2026-02-05T22:30:00+00:00" },
  });

  // Others find what the book is, never whose.
  const found = await get("/books/search?q=HERON", other);
  t.like(found.items[0], { title: "The Heron’s Year", _microblog: { isbn: "9780000000002" } });
  t.false("date_finished" in found.items[0]!._microblog);
  t.deepEqual((await get("/books/search?q=%25", other)).items, []);
  for (const line of [
    `GET /books/bookshelves/${finished}`,
    `DELETE /books/bookshelves/${finished}/remove/${id}`,
    `POST /books/bookshelves/${finished}`,
  ])
    t.is((await ask(line, { key: other, ...(line.startsWith("POST") && { form: { name: "Mine" } }) })).status, 404);

  t.deepEqual((await ask(`DELETE /books/bookshelves/${finished}/remove/${id}`, { key })).json(), {});
  t.deepEqual((await get(`/books/bookshelves/${finished}`)).items, []);
  t.deepEqual(host.failures(), []);
});

test("shelves are made, named and removed; films are none; nobody reads without a key", async (t) => {
  const { host, kim, ask, keyOf } = await open(t);
  const key = await keyOf(kim);
  const made = (await ask("POST /books/bookshelves", { key, form: { name: "Birds" } })).json() as { id: number };
  t.is(((await ask("POST /books/bookshelves", { key, form: { name: "birds" } })).json() as { id: number }).id, made.id);
  t.like((await ask(`POST /books/bookshelves/${made.id}`, { key, form: { name: "Waders" } })).json() as object, {
    title: "Waders",
  });
  t.is((await ask(`POST /books/bookshelves/${made.id}`, { key, form: { name: " " } })).status, 400);
  t.is((await ask("POST /books", { key, form: { title: "X", isbn: "12", bookshelf_id: String(made.id) } })).status, 400);
  for (const shelf of ["999999", "99999999999", "x"])
    t.is((await ask("POST /books", { key, form: { title: "X", bookshelf_id: shelf } })).status, 404, shelf);
  t.is(
    (await ask("POST /books", { key, form: { title: "X", cover_url: "javascript:x", bookshelf_id: String(made.id) } })).status,
    400,
  );
  t.deepEqual((await ask(`DELETE /books/bookshelves/${made.id}`, { key })).json(), {});
  t.is(((await ask("GET /books/bookshelves", { key })).json() as Feed).items.length, 3);
  for (const path of ["/movies/search?q=x", "/movies/discover", "/movies/discover/12", "/movies/discover/12/seasons/1"])
    t.deepEqual(((await ask(`GET ${path}`, { key })).json() as Feed).items, [], path);
  for (const path of ["/books/bookshelves", "/books/goals", "/books/search?q=a"])
    t.is((await ask(`GET ${path}`)).status, 401, path);
  t.is((await ask("GET /movies/discover")).status, 200);
  t.deepEqual(host.failures(), []);
});

test("a goal counts what was finished and what posts link to, unless told", async (t) => {
  const { host, kim, ask, keyOf } = await open(t);
  const key = await keyOf(kim);
  const goals = async () => ((await ask("GET /books/goals", { key })).json() as Feed).items;
  const [goal] = await goals();
  t.like(goal!._microblog, { goal_year: 2026, goal_value: 12, goal_progress: 0, isbns: [] });
  const hub = host.house.settings.url.replace(/\/$/, "");
  await host.publish({ text: `Finished reading: [Waders](${hub}/books/9780000000019) by Una 📚` }, host.blogs[0], kim);
  const [, , finished] = ((await ask("GET /books/bookshelves", { key })).json() as Feed).items;
  const form = { title: "Reeds", isbn: "9780000000002", bookshelf_id: String(finished!.id) };
  await ask("POST /books", { key, form });
  t.like((await goals())[0]!._microblog, { goal_progress: 2, isbns: ["9780000000002", "9780000000019"] });
  const single = (await ask(`GET /books/goals/${goal!.id}`, { key })).json() as Feed;
  t.deepEqual(
    single.items.map(({ _microblog: { isbn } }) => isbn),
    ["9780000000002"],
  );
  await ask(`POST /books/goals/${goal!.id}`, { key, form: { value: "20", progress: "7" } });
  t.like((await goals())[0]!._microblog, { goal_value: 20, goal_progress: 7 });
  t.is((await ask(`POST /books/goals/${goal!.id}`, { key, form: { value: "many" } })).status, 400);
  t.deepEqual(host.failures(), []);
});

test("a book has a page for everybody, and its cover only as a picture drawn anew", async (t) => {
  const { host, kim, ask, keyOf } = await open(t);
  const key = await keyOf(kim);
  const bytes = readFileSync(new URL("../hybrid/blank-avatar.png", import.meta.url));
  host.network.on("GET https://covers.example/1.png", { bytes, headers: { "content-type": "image/png" } });
  host.network.on("GET https://covers.example/page", { html: "<script>1</script>" });
  const form = {
    title: "<script>alert(1)</script>",
    author: "Una",
    isbn: "9780000000002",
    cover_url: "https://covers.example/1.png",
  };
  const { id } = (await ask("POST /books", { key, form })).json() as { id: number };
  const page = await ask("GET /books/978-0000000002");
  t.regex(page.headers["content-type"]!, /html/);
  t.true(page.text.includes("&lt;script&gt;") && !page.text.includes("<script>alert"));
  t.is((await ask("GET /books/9780000000019")).status, 200);
  t.is((await ask("GET /books/none")).status, 404);
  t.like((await ask("GET /books/9780000000002", { headers: { accept: "application/json" } })).json() as object, {
    items: [{ id }],
  });

  t.like(await ask("GET /books/9780000000002/cover.jpg"), { status: 200, headers: { "content-type": "image/jpeg" } });
  await ask("POST /books", { key, form: { id: String(id), cover_url: "https://covers.example/page" } });
  t.is((await ask("GET /books/9780000000002/cover.jpg")).status, 404);
  t.is((await ask("GET /books/9780000000019/cover.jpg")).status, 404);
  t.deepEqual(host.failures(), []);
});

test("ISBNs and days are read as apps write them", (t) => {
  t.is(isbnIn(" 0-306-40615-x "), "030640615X");
  t.is(isbnIn("12345"), null);
  const text =
    "https://hub.example/books/9780000000002) https://other.example/books/9780000000019 https://hub.example/books/97800000000190";
  t.deepEqual(isbnsIn(text, "https://hub.example/"), ["9780000000002"]);
  t.is(finishedOn(""), null);
  t.is(finishedOn("2026-02-05T10:00:00Z"), "2026-02-05T10:00:00.000Z");
  for (const nonsense of ["yesterday", "Thu Xxx 05 2026 22:30:00", "9999999-01-01"]) t.throws(() => finishedOn(nonsense));
});
