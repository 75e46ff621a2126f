import test from "ava";
import { open } from "../client-api.testing.ts";

type Note = {
  id: number;
  content_text: string;
  content_html: string;
  date_modified: string;
  _microblog: { is_encrypted: boolean; is_shared: boolean; shared_url: string; attached_book_isbn: string };
};
type Feed = { items: Note[] };
const sealed = (letters: number) => Buffer.alloc(letters, 7).toString("base64");

test("notes are kept as they come, changed, listed by their last change, and gone when deleted", async (t) => {
  const { host, kim, lee, ask, keyOf } = await open(t);
  const [key, other] = [await keyOf(kim), await keyOf(lee)];
  const get = async (path: string) => (await ask(`GET ${path}`, { key })).json() as Feed;
  const [first] = (await get("/notes/notebooks")).items;
  t.true(Number.isInteger(first!.id));
  const save = async (form: object) => (await ask("POST /notes", { key, form })).json() as Note;
  const one = await save({
    text: sealed(60),
    is_encrypted: "1",
    notebook_id: String(first!.id),
    attached_book_isbn: "9780000000002",
  });
  t.like(one, { content_text: sealed(60), content_html: "" });
  t.like(one._microblog, { is_encrypted: true, is_shared: false, shared_url: "", attached_book_isbn: "9780000000002" });
  host.clock.advance({ minutes: 1 });
  const two = await save({ text: sealed(61), is_encrypted: "true", notebook_id: String(first!.id) });
  host.clock.advance({ minutes: 1 });
  await save({ id: String(one.id), text: sealed(62), is_encrypted: "true" });

  const path = `/notes/notebooks/${first!.id}`;
  t.deepEqual(
    (await get(path)).items.map(({ id }) => id),
    [one.id, two.id],
  );
  t.deepEqual(
    (await get(`${path}?count=1&offset=1`)).items.map(({ id }) => id),
    [two.id],
  );
  t.deepEqual((await get(`${path}?count=100&offset=2`)).items, []);
  t.deepEqual(
    (await get("/notes/for_book?isbn=9780000000002")).items.map(({ id }) => id),
    [one.id],
  );
  t.deepEqual(
    (await get(`/notes/${one.id}/versions`)).items.map(({ content_text: text }) => text),
    [sealed(60)],
  );
  for (const line of [`GET /notes/${one.id}`, `GET ${path}`, `GET /notes/${one.id}/versions`, `DELETE /notes/${one.id}`])
    t.is((await ask(line, { key: other })).status, 404, line);

  host.clock.advance({ days: 61 });
  t.deepEqual((await get(`/notes/${one.id}/versions`)).items, []);
  await host.runJobs();
  t.deepEqual((await ask(`DELETE /notes/${one.id}`, { key })).json(), {});
  t.is((await ask(`GET /notes/${one.id}`, { key })).status, 404);
  t.deepEqual((await ask(`DELETE ${path}`, { key })).json(), {});
  t.is((await ask(`GET /notes/${two.id}`, { key })).status, 404);
  t.deepEqual(host.failures(), []);
});

test("a hundred notes come at once, notebooks have names, and the key stays with the apps", async (t) => {
  const { host, kim, ask, keyOf } = await open(t);
  const key = await keyOf(kim);
  const book = (await ask("POST /notes/notebooks", { key, form: { name: "Birds" } })).json() as { id: number };
  t.like((await ask("POST /notes/notebooks", { key, form: { id: String(book.id), name: "Waders" } })).json() as object, {
    id: book.id,
    title: "Waders",
  });
  for (let at = 0; at < 101; at++) await ask("POST /notes", { key, json: { text: `n ${at}`, notebook_id: book.id } });
  const list = (await ask(`GET /notes/notebooks/${book.id}?count=100`, { key })).json() as Feed;
  t.is(list.items.length, 100);
  t.deepEqual((await ask("GET /account/notes/centralkey?username=kim", { key })).json(), {});
  t.is((await ask("GET /notes/notebooks")).status, 401);
  t.deepEqual(host.failures(), []);
});

test("a shared note has a page with its words and nothing else, until it is not shared any more", async (t) => {
  const { host, kim, ask, keyOf } = await open(t);
  const key = await keyOf(kim);
  const save = async (form: object) => (await ask("POST /notes", { key, form })).json() as Note;
  const text = "# Reeds\n\n<script>alert(1)</script>\n& [x](javascript:1)";
  const note = await save({ text: sealed(50), is_encrypted: "1" });
  t.is(
    (await ask("POST /notes", { key, form: { id: String(note.id), is_sharing: "1" } })).status,
    400,
    "its words must come in clear",
  );
  const shared = await save({ id: String(note.id), text, is_sharing: "1", is_encrypted: "0" });
  t.like(shared, { content_text: text, _microblog: { is_encrypted: false, is_shared: true } });
  const path = new URL(shared._microblog.shared_url).pathname;
  const page = await ask(`GET ${path}`);
  t.true(page.text.includes("&lt;script&gt;") && !page.text.includes("<script>alert"));
  t.is((await ask("GET /notes/shared/01ARZ3NDEKTSV4RRFFQ69G5FAV")).status, 404);

  const hidden = await save({ id: String(note.id), text: sealed(51), is_encrypted: "1", is_unsharing: "1" });
  t.like(hidden._microblog, { is_shared: false, shared_url: "", is_encrypted: true });
  t.is((await ask(`GET ${path}`)).status, 404);
  const versions = (await ask(`GET /notes/${note.id}/versions`, { key })).json() as Feed;
  t.true(
    versions.items.every(({ content_text: words }) => !words.includes("Reeds")),
    "nothing of it stays in clear",
  );
  t.deepEqual(host.failures(), []);
});

test("what is no note is refused", async (t) => {
  const { host, kim, ask, keyOf } = await open(t);
  const key = await keyOf(kim);
  const refused = async (form: object) => (await ask("POST /notes", { key, form })).status;
  t.is(await refused({ text: "" }), 400);
  t.is(await refused({ text: "x".repeat(100_001) }), 413);
  t.is(await refused({ text: "x".repeat(100_000) }), 200);
  t.is(await refused({ text: sealed(400_000), is_encrypted: "1" }), 200);
  t.is(await refused({ text: "not base64!", is_encrypted: "1" }), 400);
  t.is(await refused({ text: "x", notebook_id: "99999999999" }), 400);
  t.is(await refused({ text: "x", notebook_id: "12" }), 404);
  t.is(await refused({ text: "x", id: "12" }), 404);
  t.is((await ask("POST /notes/notebooks", { key, form: { name: "" } })).status, 400);
  t.deepEqual(host.failures(), []);
});
