import type { Route } from "rookery/plugin";
import { isbnIn } from "../books/isbn.ts";
import { searchBooks } from "../books/books.ts";
import { answer, done, invalid } from "../wire/answers.ts";
import { feedReply } from "../wire/feed.ts";
import { countOf, numberOf } from "../wire/input.ts";
import { route, type Call } from "../wire/route.ts";
import { idOf } from "../wire/typed.ts";
import { noteItem, notebookItem, versionItem } from "./note-item.ts";
import { noteWish } from "./note-wish.ts";
import { addNote, changeNote, noteOf, notesAbout, notesIn, removeNote, type NoteWish } from "./notes.ts";
import { addNotebook, notebookOf, notebooksOf, removeNotebook, renameNotebook } from "./notebooks.ts";
import { sharedPage } from "./shared-page.ts";
import { versionsOf } from "./versions.ts";

/** Notes, which apps encrypt: kept as they come. */
export const noteRoutes: readonly Route[] = [
  route("GET", "/notes/notebooks", listNotebooks),
  route("POST", "/notes/notebooks", keepNotebook),
  route("GET", "/notes/notebooks/:notebook", listNotes),
  route("DELETE", "/notes/notebooks/:notebook", dropNotebook),
  route("GET", "/notes/for_book", listForBook),
  route("GET", "/notes/shared/:key", sharedPage),
  route("POST", "/notes", keepNote),
  route("GET", "/notes/:note", oneNote),
  route("DELETE", "/notes/:note", dropNote),
  route("GET", "/notes/:note/versions", listVersions),
  // Keys stay on people's devices: there is no place here where one could be left.
  route("GET", "/account/notes/centralkey", ({ need }) => (need("any"), done())),
];

async function listNotebooks({ context, need }: Call) {
  const items = (await notebooksOf(context, reader(need))).map((one) => notebookItem(context, one));
  return feedReply(context, { title: "Notebooks", path: "/notes/notebooks", items });
}

async function keepNotebook({ context, need, input }: Call) {
  const [accountId, name] = [writer(need), input.get("name")];
  const notebook = input.get("id")
    ? await renameNotebook(context, accountId, idOf(input.get("id"), noNotebook), name)
    : await addNotebook(context, accountId, name);
  return answer(notebookItem(context, notebook));
}

async function listNotes({ context, need, params, input }: Call) {
  const accountId = reader(need);
  const { id, name, number } = await notebookOf(context, accountId, idOf(params.notebook, noNotebook));
  const notes = await notesIn(context, accountId, id, partIn(input));
  const items = notes.map((note) => noteItem(context, note));
  return feedReply(context, { title: name, path: `/notes/notebooks/${number}`, items });
}

async function dropNotebook({ context, need, params }: Call) {
  await removeNotebook(context, writer(need), idOf(params.notebook, noNotebook));
  return done();
}

async function listForBook({ context, need, input }: Call) {
  const accountId = reader(need);
  const isbn = isbnIn(input.get("isbn"));
  const notes = isbn === null ? [] : await notesAbout(context, accountId, isbn, partIn(input));
  return feedReply(context, { title: "Notes", path: "/notes/for_book", items: notes.map((note) => noteItem(context, note)) });
}

async function keepNote({ context, need, input }: Call) {
  const accountId = writer(need);
  const wish = await withBook(context, noteWish(input));
  const notebook = input.get("notebook_id") ? numberOf(input.get("notebook_id")) : undefined;
  if (input.get("id")) {
    const number = idOf(input.get("id"), noNote);
    // An app that names a notebook moves the note there; one it does not know leaves the note where it is.
    const place = notebook ? await notebookOf(context, accountId, notebook) : undefined;
    return answer(
      noteItem(context, await changeNote(context, accountId, number, { ...wish, ...(place && { notebookId: place.id }) })),
    );
  }
  if (!wish.body) throw invalid("A note needs words: send them as text.");
  if (notebook === null) throw invalid("notebook_id is no number.");
  const place =
    notebook === undefined ? (await notebooksOf(context, accountId))[0]! : await notebookOf(context, accountId, notebook);
  return answer(noteItem(context, await addNote(context, accountId, place.id, wish)));
}

async function oneNote({ context, need, params }: Call) {
  return answer(noteItem(context, await noteOf(context, reader(need), idOf(params.note, noNote))));
}

async function dropNote({ context, need, params }: Call) {
  await removeNote(context, writer(need), idOf(params.note, noNote));
  return done();
}

async function listVersions({ context, need, params }: Call) {
  const note = await noteOf(context, reader(need), idOf(params.note, noNote));
  const items = (await versionsOf(context, note.id)).map(versionItem);
  return feedReply(context, { title: "Versions", path: `/notes/${note.number}/versions`, items });
}

async function withBook(context: Call["context"], wish: NoteWish): Promise<NoteWish> {
  if (wish.bookIsbn === undefined) return wish;
  const [book] = wish.bookIsbn === "" ? [] : await searchBooks(context, "", wish.bookIsbn);
  return { ...wish, bookTitle: book?.title ?? "" };
}

const [noNotebook, noNote] = ["You have no such notebook.", "You have no such note."];
const reader = (need: Call["need"]): string => need("read").account.id;
const writer = (need: Call["need"]): string => need("create").account.id;
const partIn = (input: URLSearchParams) => ({
  count: countOf(input, 100),
  offset: countOf(input, 0, 20_000, "offset"),
});
