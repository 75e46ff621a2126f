import type { Own } from "../settings.ts";
import { dated } from "../wire/dates.ts";
import { html, type Markup } from "../wire/markup.ts";
import type { Notebook } from "./notebooks.ts";
import type { Note } from "./notes.ts";
import type { Version } from "./versions.ts";

const colors = { light: "#f1f3f6", dark: "#2a2d33" };

/** A notebook as apps read it. */
export function notebookItem({ site }: Pick<Own, "site">, { number, name, createdAt }: Notebook) {
  return {
    id: number,
    title: name,
    content_text: "",
    url: new URL(`/notes/notebooks/${number}`, site.url).href,
    date_published: dated(createdAt),
    _microblog: { colors },
  };
}

/** A note as apps read it. Of what is encrypted there is no HTML: nobody here knows what it says. */
export function noteItem({ site }: Pick<Own, "site">, note: Note) {
  const at = (path: string) => new URL(path, site.url).href;
  return {
    id: note.number,
    title: "",
    content_text: note.body,
    content_html: note.isEncrypted ? "" : linesOf(note.body).text,
    url: at(`/notes/${note.number}`),
    date_published: dated(note.createdAt),
    date_modified: dated(note.updatedAt),
    _microblog: {
      is_encrypted: note.isEncrypted,
      is_shared: note.shareKey !== "",
      shared_url: note.shareKey === "" ? "" : at(sharedPath(note.shareKey)),
      attached_book_isbn: note.bookIsbn,
      attached_book_title: note.bookTitle,
      ...(note.postNumber !== null && { attached_post_id: note.postNumber }),
    },
  };
}

/** What a note was, as apps read it. */
export const versionItem = ({ number, body, isEncrypted, at }: Version) => ({
  id: number,
  content_text: body,
  date_published: dated(at),
  _microblog: { is_encrypted: isEncrypted },
});

/** Where everybody who knows the address can read a shared note. */
export const sharedPath = (shareKey: string): string => `/notes/shared/${shareKey}`;

/** A note's words as paragraphs, nothing in them but words. */
export function linesOf(body: string): Markup {
  const paragraphs = body.split(/\n{2,}/).filter((one) => one.trim() !== "");
  return html`${paragraphs.map((one) => html`<p>${one.split("\n").flatMap((line, at) => (at === 0 ? [line] : [html`<br />`, line]))}</p>`)}`;
}
