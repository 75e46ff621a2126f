import type { Reply } from "rookery/plugin";
import { missing } from "../wire/answers.ts";
import { feedReply } from "../wire/feed.ts";
import { languageFor } from "../wire/language.ts";
import { html } from "../wire/markup.ts";
import { pageReply } from "../wire/page.ts";
import type { Call } from "../wire/route.ts";
import { searchBooks } from "./books.ts";
import { bookItem } from "./feed-items.ts";
import { isbnIn } from "./isbn.ts";

/** The page that posts about a book link to: what it is called, who wrote it, what it looks like. Never who reads it. */
export async function bookPage({ context, params, request }: Call): Promise<Reply> {
  const isbn = isbnIn(params.isbn);
  if (isbn === null) throw missing("An ISBN has 10 or 13 digits.");
  const [book] = await searchBooks(context, "", isbn);
  const accept = request.headers.accept ?? "";
  if (/json/i.test(accept) && !/text\/html/i.test(accept)) {
    const items = book ? [bookItem(context, { ...book, finishedAt: null })] : [];
    return feedReply(context, { title: book?.title ?? isbn, path: `/books/${isbn}`, items });
  }
  const language = languageFor(undefined, request.headers["accept-language"]);
  const say = (key: string, values = {}) => context.t(key, values, language);
  const title = book?.title || say("book.isbn", { isbn });
  const body = html`<main class="page">
    <h1>${title}</h1>
    ${book?.author && html`<p>${book.author}</p>`}
    ${book?.coverUrl && html`<p><img src="${`/books/${isbn}/cover.jpg`}" alt="" /></p>`}
    ${book ? html`<p>${say("book.isbn", { isbn })}</p>` : html`<p>${say("book.unknown")}</p>`}
  </main>`;
  return pageReply({ title, language, body });
}
