import { ownRows, type AccountExport, type ExportFile } from "rookery/plugin";
import type { Own } from "./settings.ts";

type Row = Readonly<Record<string, string | number | null>>;
type Kept = { readonly name: string; readonly table: string; readonly along: string; readonly as: (row: Row) => object };

/** What people keep here by their apps. Notes that an app encrypted stay so: only that app can read them. */
export function accountExport(context: () => Own): AccountExport {
  return {
    about: (language) => context().t("export.about", {}, language),
    files: ({ accountId }) => filesOf(context(), accountId),
  };
}

async function* filesOf(context: Own, accountId: string): AsyncIterable<ExportFile> {
  for (const { name, table, along, as } of kept)
    yield { name, rows: ownRows(context, { table: `p_client_api_${table}`, of: { account_id: accountId }, along, as }) };
  for (const kind of ["read", "star"])
    yield {
      name: kind === "read" ? "read.json" : "starred.json",
      rows: ownRows(context, {
        table: "p_client_api_entries",
        of: { account_id: accountId, kind },
        along: "number",
        as: ({ number, is_so: isSo, said_at: at }) => ({
          entry: new URL(`c/${number}`, context.site.url).href,
          isSo: isSo === 1,
          at,
        }),
      }),
    };
  yield { name: "notes-before.json", rows: versions(context, accountId) };
  const notebooks = { table: "p_client_api_notebooks", of: { account_id: accountId }, along: "number" } as const;
  for await (const { id, name } of ownRows(context, notebooks))
    yield { name: `notebooks/${String(name).replaceAll("/", "-")}.md`, chunks: readable(context, String(id)) };
}

// By note, since that is the index they have.
async function* versions(context: Own, accountId: string) {
  const notes = { table: "p_client_api_notes", columns: "id", of: { account_id: accountId }, along: "number" } as const;
  for await (const { id: noteId } of ownRows(context, notes))
    yield* ownRows(context, {
      table: "p_client_api_versions",
      of: { note_id: String(noteId) },
      along: "number",
      as: (row) => ({
        noteId,
        body: row.body,
        isEncrypted: row.is_encrypted === 1,
        writtenAt: row.written_at,
        replacedAt: row.replaced_at,
      }),
    });
}

// For reading: what is encrypted has no words here.
async function* readable(context: Own, notebookId: string): AsyncIterable<string> {
  const notes = { table: "p_client_api_notes", of: { notebook_id: notebookId }, along: "number" } as const;
  for await (const { body, is_encrypted, updated_at: at } of ownRows(context, notes))
    if (is_encrypted !== 1) yield `<!-- ${at} -->\n\n${body}\n\n---\n\n`;
}

const kept: readonly Kept[] = [
  {
    name: "notebooks.json",
    table: "notebooks",
    along: "number",
    as: ({ number, id, name, created_at: createdAt }) => ({ number, id, name, createdAt }),
  },
  {
    name: "notes.json",
    table: "notes",
    along: "number",
    as: (row) => ({
      number: row.number,
      id: row.id,
      notebookId: row.notebook_id,
      body: row.body,
      isEncrypted: row.is_encrypted === 1,
      isShared: row.share_key !== "",
      book: row.book_isbn || row.book_title ? { isbn: row.book_isbn, title: row.book_title } : null,
      postNumber: row.post_number,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }),
  },
  {
    name: "bookshelves.json",
    table: "shelves",
    along: "number",
    as: ({ number, id, kind, name, created_at: createdAt }) => ({ number, id, kind, name, createdAt }),
  },
  {
    name: "books.json",
    table: "books",
    along: "number",
    as: (row) => ({
      number: row.number,
      shelfId: row.shelf_id,
      isbn: row.isbn,
      title: row.title,
      author: row.author,
      cover: row.cover_url,
      finishedAt: row.finished_at,
      createdAt: row.created_at,
    }),
  },
  {
    name: "reading-goals.json",
    table: "goals",
    along: "number",
    as: ({ year, value, progress }) => ({ year, value, progress }),
  },
  {
    name: "highlights.json",
    table: "highlights",
    along: "number",
    as: ({ number, url, title, body, created_at: createdAt }) => ({ number, url, title, body, createdAt }),
  },
  {
    name: "names-of-feeds.json",
    table: "subscriptions",
    along: "source_id",
    as: ({ source_id: source, title, created_at: createdAt }) => ({ source, title, createdAt }),
  },
  {
    name: "devices.json",
    table: "devices",
    along: "device_hash",
    as: ({ app_name: app, push_env: environment, created_at: since }) => ({ app, environment, since }),
  },
  {
    name: "times.json",
    table: "clocks",
    along: "account_id",
    as: ({ minutes, hours, day_order: order, date_mark: separator }) => ({ minutes, hours, order, separator }),
  },
  {
    name: "summaries.json",
    table: "summaries",
    along: "blog_id",
    as: ({ blog_id: blog, summary }) => ({ blog, summary }),
  },
];
