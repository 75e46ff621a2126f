import { xmlAttribute, xmlText, type AccountExport, type ExportFile } from "rookery/plugin";
import type { Bookmark, BookmarkStore, Highlight, SavedCopy } from "./api.ts";
import { netscapeFile } from "./netscape-write.ts";
import type { Own } from "./settings.ts";
import { bookmarkStore } from "./store.ts";

/** What somebody saved on whichever blog: private ones too, with tags, highlights and the copies to read. */
export function accountExport(context: () => Own): AccountExport {
  const store = bookmarkStore(context);
  return {
    about: (language) => context().t("export.about", {}, language),
    files: ({ accountId, language }) => filesOf(store, accountId, context().t("plugin.name", {}, language)),
  };
}

async function* filesOf(store: BookmarkStore, accountId: string, title: string): AsyncIterable<ExportFile> {
  if ((await store.list(accountId, { limit: 1 })).length === 0) return;
  yield { name: "bookmarks.json", rows: told(store, accountId) };
  yield { name: "bookmarks.html", text: await netscapeFile(store, accountId, title) };
  yield { name: "highlights.json", rows: highlights(store, accountId) };
  for await (const { id, url } of saved(store, accountId)) {
    const copy = await store.copyOf(accountId, id);
    if (copy) yield { name: copyName(id), text: pageOf(copy, url) };
  }
}

const copyName = (id: string): string => `copies/${id}.html`;

async function* saved(store: BookmarkStore, accountId: string): AsyncIterable<Bookmark> {
  for (let before: string | undefined; ;) {
    const page: readonly Bookmark[] = await store.list(accountId, { limit: 200, ...(before && { before }) });
    yield* page;
    if (page.length < 200) return;
    before = page.at(-1)!.id;
  }
}

async function* told(store: BookmarkStore, accountId: string) {
  for await (const { id, blogId: _blog, copy, ...bookmark } of saved(store, accountId))
    yield { id, ...bookmark, ...(copy.state === "kept" && { copy: copyName(id) }) };
}

async function* highlights(store: BookmarkStore, accountId: string): AsyncIterable<Highlight> {
  for (let before: string | undefined; ;) {
    const page: readonly Highlight[] = await store.highlights(accountId, { limit: 200, ...(before && { before }) });
    yield* page;
    if (page.length < 200) return;
    before = page.at(-1)!.id;
  }
}

function pageOf({ title, author, site, language, html, fetchedAt }: SavedCopy, url: string): string {
  const from = [author, site].filter(Boolean).map(xmlText).join(" \u00b7 ");
  return `<!doctype html>
<html${language ? ` lang="${xmlAttribute(language)}"` : ""}><head><meta charset="utf-8"><title>${xmlText(title || url)}</title></head>
<body><h1>${xmlText(title || url)}</h1>
<p>${from ? `${from} \u00b7 ` : ""}<a href="${xmlAttribute(url)}">${xmlText(url)}</a> \u00b7 <time>${xmlText(fetchedAt)}</time></p>
${html}
</body></html>
`;
}
