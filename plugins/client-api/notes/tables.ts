import { flag, int, key, line, optional, ref, text, time, word, type TableShape } from "rookery/plugin";

const notebooks: TableShape = {
  name: "p_client_api_notebooks",
  columns: {
    id: key(),
    number: int(),
    blog_id: word(26),
    account_id: ref(),
    name: line(100),
    created_at: time(),
  },
  indexes: [
    { name: "p_client_api_notebooks_number", columns: ["number"], unique: true },
    { name: "p_client_api_notebooks_account", columns: ["account_id", "number"] },
  ],
};

/** Notes. What apps encrypted is kept as it came: nobody here can read it. */
const notes: TableShape = {
  name: "p_client_api_notes",
  columns: {
    id: key(),
    number: int(),
    blog_id: word(26),
    account_id: ref(),
    notebook_id: ref(),
    body: text(),
    is_encrypted: flag(),
    /** What the address of a shared note ends in; empty for notes of one's own. */
    share_key: word(26),
    /** ISBN and title of the book it is about, or empty. */
    book_isbn: word(13),
    book_title: line(300),
    /** Number of the post it is about. */
    post_number: optional(int()),
    created_at: time(),
    updated_at: time(),
  },
  indexes: [
    { name: "p_client_api_notes_number", columns: ["number"], unique: true },
    { name: "p_client_api_notes_book", columns: ["account_id", "book_isbn", "updated_at"] },
    { name: "p_client_api_notes_shelf", columns: ["notebook_id", "updated_at", "number"] },
    { name: "p_client_api_notes_share", columns: ["share_key"] },
    { name: "p_client_api_notes_post", columns: ["account_id", "post_number"] },
  ],
};

/** What notes were before, for 60 days. */
const versions: TableShape = {
  name: "p_client_api_versions",
  columns: {
    id: key(),
    number: int(),
    blog_id: word(26),
    account_id: ref(),
    note_id: ref(),
    body: text(),
    is_encrypted: flag(),
    /** When these words were written, and when others took their place. */
    written_at: time(),
    replaced_at: time(),
  },
  indexes: [
    { name: "p_client_api_versions_note", columns: ["note_id", "number"] },
    { name: "p_client_api_versions_old", columns: ["replaced_at"] },
  ],
};

export const noteTables: readonly TableShape[] = [notebooks, notes, versions];
