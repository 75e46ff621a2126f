import { xmlAttribute, xmlText } from "rookery/plugin";
import type { Bookmark, BookmarkStore } from "./api.ts";

const most = 50_000;

/** All that somebody saved as the file that browsers exchange bookmarks in; 50,000 at most. */
export async function netscapeFile(store: BookmarkStore, accountId: string, title: string): Promise<string> {
  const lines = [
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
    '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">',
    `<TITLE>${xmlText(title)}</TITLE>`,
    `<H1>${xmlText(title)}</H1>`,
    "<DL><p>",
  ];
  for (let before: string | undefined; lines.length < most;) {
    const page: readonly Bookmark[] = await store.list(accountId, { limit: 200, ...(before && { before }) });
    lines.push(...page.map(lineOf));
    if (page.length < 200) break;
    before = page.at(-1)!.id;
  }
  return `${lines.join("\n")}\n</DL><p>\n`;
}

function lineOf({ url, title, tags, isPublic, savedAt }: Bookmark): string {
  const seconds = Math.floor(Date.parse(savedAt) / 1000);
  const facts = `HREF="${xmlAttribute(url)}" ADD_DATE="${seconds}" PRIVATE="${isPublic ? 0 : 1}" TAGS="${xmlAttribute(tags.join(","))}"`;
  return `<DT><A ${facts}>${xmlText(title || url)}</A>`;
}
