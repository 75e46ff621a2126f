import { note, notebook, notebooks, notes, versions } from "../reading-shapes.ts";
import { json, urlencoded, type Recorded } from "../recorded.ts";
import { nothing } from "../shapes.ts";

type Feed = { items: { id: number }[] };
type One = { id: number };

const auth = { authorization: "Bearer {key}" };
const form = { ...auth, ...urlencoded };
const sealed = (seed: number) => encodeURIComponent(Buffer.alloc(64, seed).toString("base64"));

/** The notes app: notebooks, encrypted notes, sharing, versions (client-api.md §8). */
export const notesApp: readonly Recorded[] = [
  { what: "asks for the key", line: "GET /account/notes/centralkey?username=kim", headers: auth, shape: nothing },
  {
    what: "lists notebooks",
    line: "GET /notes/notebooks",
    headers: { ...auth, ...json },
    shape: notebooks,
    keep: { notebook: (feed: Feed) => feed.items[0]!.id },
  },
  {
    what: "makes a notebook",
    line: "POST /notes/notebooks",
    headers: form,
    body: "name=Birds",
    shape: notebook,
    keep: { birds: (one: One) => one.id },
  },
  { what: "names it", line: "POST /notes/notebooks", headers: form, body: "name=Waders&id={birds}", shape: notebook },
  {
    what: "keeps a note",
    line: "POST /notes",
    headers: form,
    body: `text=${sealed(1)}&notebook_id={notebook}&is_encrypted=true&attached_book_isbn=9780000000002`,
    shape: note,
    keep: { note: (one: One) => one.id },
  },
  {
    what: "changes it",
    line: "POST /notes",
    headers: form,
    body: `id={note}&text=${sealed(2)}&notebook_id={notebook}&is_encrypted=1`,
    shape: note,
  },
  { what: "lists notes", line: "GET /notes/notebooks/{notebook}?count=100&offset=0", headers: auth, shape: notes(1) },
  { what: "goes on", line: "GET /notes/notebooks/{notebook}?count=100&offset=100", headers: auth, shape: notes() },
  {
    what: "lists notes of a book",
    line: "GET /notes/for_book?isbn=9780000000002&count=100&offset=0",
    headers: auth,
    shape: notes(1),
  },
  { what: "opens one", line: "GET /notes/{note}", headers: auth, shape: note },
  { what: "lists what it was", line: "GET /notes/{note}/versions", headers: auth, shape: versions },
  {
    what: "shares it",
    line: "POST /notes",
    headers: form,
    body: "id={note}&text=In+clear&is_sharing=1&is_encrypted=0",
    shape: note,
  },
  {
    what: "shares it no more",
    line: "POST /notes",
    headers: form,
    body: `id={note}&text=${sealed(3)}&is_unsharing=1&is_encrypted=1`,
    shape: note,
  },
  { what: "deletes it", line: "DELETE /notes/{note}", headers: { ...auth, ...json }, shape: nothing },
  { what: "asks for it again", line: "GET /notes/{note}", headers: auth, status: 404 },
  { what: "deletes a notebook", line: "DELETE /notes/notebooks/{birds}", headers: auth, shape: nothing },
  { what: "asks without a key", line: "GET /notes/notebooks", status: 401 },
];
