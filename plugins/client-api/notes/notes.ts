import { isUlid, ulid } from "rookery/plugin";
import { aloneWith, insertRow, marks, newId, type NewId } from "../numbered.ts";
import type { Own } from "../settings.ts";
import { invalid, missing } from "../wire/answers.ts";
import { refused } from "../wire/typed.ts";
import { keepVersion } from "./versions.ts";

/** A note of one person. `body` is what the app sent, encrypted or not. */
export type Note = {
  readonly id: string;
  readonly number: number;
  readonly notebookId: string;
  readonly body: string;
  readonly isEncrypted: boolean;
  readonly shareKey: string;
  readonly bookIsbn: string;
  readonly bookTitle: string;
  readonly postNumber: number | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};
/** What an app says of a note; what it leaves out stays. */
export type NoteWish = Partial<Pick<Note, "body" | "isEncrypted" | "bookIsbn" | "bookTitle" | "postNumber" | "notebookId">> & {
  readonly sharing?: "begin" | "end";
};
/** Part of a list. */
export type Part = { readonly count: number; readonly offset: number };
type Row = Record<string, string | number | null>;

const mostNotes = 20_000;
const columns =
  "id, number, notebook_id, body, is_encrypted, share_key, book_isbn, book_title, post_number, created_at, updated_at";

/** A notebook's notes, those changed last first. */
export function notesIn(context: Own, accountId: string, notebookId: string, part: Part): Promise<readonly Note[]> {
  return partOf(context, "account_id = ? AND notebook_id = ?", [accountId, notebookId], part);
}

/** Somebody's notes about a book, those changed last first. */
export function notesAbout(context: Own, accountId: string, isbn: string, part: Part): Promise<readonly Note[]> {
  return partOf(context, "account_id = ? AND book_isbn = ?", [accountId, isbn], part);
}

/** One note by its number; PublicError 404. */
export async function noteOf({ tables }: Own, accountId: string, number: number): Promise<Note> {
  const sql = `SELECT ${columns} FROM p_client_api_notes WHERE number = ? AND account_id = ?`;
  const [row] = await tables.query<Row>(sql, [number, accountId]);
  if (!row) throw missing("You have no such note.");
  return noteFrom(row);
}

/** The note somebody shared under a key; null for none. */
export async function sharedNote({ tables }: Own, shareKey: string): Promise<Note | null> {
  if (!isUlid(shareKey)) return null;
  const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_client_api_notes WHERE share_key = ?`, [shareKey]);
  return row ? noteFrom(row) : null;
}

/** A new note. */
export async function addNote(context: Own, accountId: string, notebookId: string, wish: NoteWish): Promise<Note> {
  const some = await context.tables.query(`SELECT number FROM p_client_api_notes WHERE account_id = ? LIMIT ${mostNotes}`, [
    accountId,
  ]);
  if (some.length >= mostNotes) throw refused("You have 20,000 notes, which is the most.");
  const { id, number, now } = await newId(context);
  await insertRow(context, "notes", {
    id,
    number,
    account_id: accountId,
    notebook_id: notebookId,
    body: wish.body ?? "",
    is_encrypted: isEncryptedBy(wish, false) ? 1 : 0,
    share_key: wish.sharing === "begin" ? shareKeyOf(context) : "",
    book_isbn: wish.bookIsbn ?? "",
    book_title: wish.bookTitle ?? "",
    post_number: wish.postNumber ?? null,
    created_at: now,
    updated_at: now,
  });
  return noteOf(context, accountId, number);
}

/** Changes a note; its words before are kept for a while, also when several devices change it at once. */
export async function changeNote(context: Own, accountId: string, number: number, wish: NoteWish): Promise<Note> {
  const { id } = await noteOf(context, accountId, number);
  const version = await newId(context);
  return aloneWith(context, "notes", id, async () =>
    change(context, await noteOf(context, accountId, number), { accountId, wish, version }),
  );
}

type Change = { readonly accountId: string; readonly wish: NoteWish; readonly version: NewId };

async function change(context: Own, before: Note, { accountId, wish, version }: Change): Promise<Note> {
  if (wish.sharing === "begin" && before.isEncrypted && wish.body === undefined)
    throw invalid("A shared note is sent in clear: send its words as text.");
  const isEncrypted = isEncryptedBy(wish, before.isEncrypted);
  if (wish.body !== undefined && wish.body !== before.body) await keepVersion(context, accountId, before, version);
  // Whoever stops sharing wants nothing of it to be read here any more.
  if (isEncrypted)
    await context.tables.run("DELETE FROM p_client_api_versions WHERE note_id = ? AND is_encrypted = 0", [before.id]);
  const shareKey =
    wish.sharing === "end" ? "" : wish.sharing === "begin" ? before.shareKey || shareKeyOf(context) : before.shareKey;
  const values: Row = {
    notebook_id: wish.notebookId ?? before.notebookId,
    body: wish.body ?? before.body,
    is_encrypted: isEncrypted ? 1 : 0,
    share_key: isEncrypted ? "" : shareKey,
    book_isbn: wish.bookIsbn ?? before.bookIsbn,
    book_title: wish.bookTitle ?? before.bookTitle,
    post_number: wish.postNumber === undefined ? before.postNumber : wish.postNumber,
    updated_at: context.clock.now().toISOString(),
  };
  const names = Object.keys(values).map((name) => `${name} = ?`);
  await context.tables.run(`UPDATE p_client_api_notes SET ${names.join(", ")} WHERE number = ? AND account_id = ?`, [
    ...Object.values(values),
    before.number,
    accountId,
  ]);
  return noteOf(context, accountId, before.number);
}

/** Takes a note away for good, with what it was. */
export async function removeNote(context: Own, accountId: string, number: number): Promise<void> {
  const { id } = await noteOf(context, accountId, number);
  await context.tables.run("DELETE FROM p_client_api_versions WHERE note_id = ?", [id]);
  await context.tables.run("DELETE FROM p_client_api_notes WHERE id = ?", [id]);
}

// Pages are counted from the start, as apps ask for them: of what is passed over only the numbers are read.
async function partOf({ tables }: Own, where: string, values: readonly string[], { count, offset }: Part) {
  const sql = `SELECT number FROM p_client_api_notes WHERE ${where} ORDER BY updated_at DESC, number DESC LIMIT ?`;
  const all = await tables.query<{ number: number }>(sql, [...values, Math.min(offset, mostNotes) + count]);
  const numbers = all.slice(offset).map(({ number }) => number);
  if (numbers.length === 0) return [];
  const rows = await tables.query<Row>(
    `SELECT ${columns} FROM p_client_api_notes WHERE number IN (${marks(numbers.length)}) ORDER BY updated_at DESC, number DESC`,
    numbers,
  );
  return rows.map(noteFrom);
}

// What is shared is sent in clear.
const isEncryptedBy = ({ isEncrypted, sharing }: NoteWish, before: boolean): boolean =>
  sharing === "begin" ? false : (isEncrypted ?? before);

const shareKeyOf = ({ clock }: Own): string => ulid(clock.now().getTime());

function noteFrom(row: Row): Note {
  const text = (name: string) => String(row[name] ?? "");
  return {
    id: text("id"),
    number: Number(row.number),
    notebookId: text("notebook_id"),
    body: text("body"),
    isEncrypted: row.is_encrypted === 1,
    shareKey: text("share_key"),
    bookIsbn: text("book_isbn"),
    bookTitle: text("book_title"),
    postNumber: row.post_number === null ? null : Number(row.post_number),
    createdAt: text("created_at"),
    updatedAt: text("updated_at"),
  };
}
