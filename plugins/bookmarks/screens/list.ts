import type { Reply } from "rookery/plugin";
import { netscapeFile } from "../netscape-write.ts";
import { rowOf, storeOf, tagAddress, type Request } from "./bookmark-row.ts";

const each = 40;

/** Somebody's bookmarks: all, of one tag, or what a search finds. */
export async function listPage(request: Request) {
  const { query, at, context } = request;
  const { store, accountId } = storeOf(request);
  const tag = (query.get("tag") ?? "").slice(0, 100);
  const search = (query.get("q") ?? "").slice(0, 200);
  const before = query.get("before") ?? "";
  const filter = { ...(tag && { tag }), ...(search && { search }), ...(before && { before }) };
  const found = await store.list(accountId, { ...filter, limit: each + 1 });
  const rows = found.slice(0, each);
  const older =
    found.length > each
      ? new URLSearchParams({ ...(tag && { tag }), ...(search && { q: search }), before: rows.at(-1)!.id })
      : null;
  const tags = (await store.tags(accountId)).map((name) => ({ tag: name, at: tagAddress(at, name), isHere: name === tag }));
  const data = {
    rows: rows.map((one) => rowOf(one, request)),
    tags,
    tag,
    search,
    action: at("/bookmarks"),
    older: older && `${at("/bookmarks")}?${older}`,
    newAt: at("/bookmarks/new"),
    highlightsAt: at("/bookmarks/highlights"),
    exportAt: at("/bookmarks/export/bookmarks.html"),
    isFiltered: tag !== "" || search !== "",
  };
  return { template: "list", data, ...(tag && { title: context.t("list.of-tag", { tag }) }) };
}

/** The file that browsers take. */
export async function exportFile(request: Request): Promise<Reply> {
  if (request.params.file !== "bookmarks.html") return { status: 404, text: "" };
  const { store, accountId } = storeOf(request);
  const text = await netscapeFile(store, accountId, request.context.t("screens./bookmarks"));
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-disposition": 'attachment; filename="bookmarks.html"',
    "cache-control": "no-store",
  };
  return { text, headers };
}
