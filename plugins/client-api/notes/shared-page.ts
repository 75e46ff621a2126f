import type { Reply } from "rookery/plugin";
import { missing } from "../wire/answers.ts";
import { languageFor } from "../wire/language.ts";
import { html } from "../wire/markup.ts";
import { pageReply } from "../wire/page.ts";
import type { Call } from "../wire/route.ts";
import { linesOf } from "./note-item.ts";
import { sharedNote } from "./notes.ts";

/** The page of a note that somebody shares: for whoever knows its address. */
export async function sharedPage({ context, params, request }: Call): Promise<Reply> {
  const note = await sharedNote(context, params.key ?? "");
  if (!note) throw missing("There is no such note, or it is not shared any more.");
  const language = languageFor(undefined, request.headers["accept-language"]);
  const title = context.t("notes.shared", {}, language);
  return pageReply({
    title,
    language,
    body: html`<main class="page">
      <h1>${title}</h1>
      <div dir="auto">${linesOf(note.body)}</div>
    </main>`,
  });
}
