import { isUlid } from "../ids.ts";
import { cleanPath } from "../posts/permalink.ts";

/** Where a list goes on: `after` this post to older ones, `before` it back to newer ones. */
export type Cursor = { readonly after?: string; readonly before?: string };

/** Lists of the posts of one kind, by their address. */
export const kindLists = { photos: "photo", replies: "reply", bookmarks: "bookmark" } as const;

/** The name of such a list. */
export type KindList = keyof typeof kindLists;

/** What an address of a blog asks for. */
export type Route =
  | { readonly page: "home"; readonly cursor: Cursor; readonly number: number }
  | { readonly page: "category"; readonly slug: string; readonly cursor: Cursor; readonly number: number }
  | { readonly page: "date"; readonly period: string; readonly cursor: Cursor; readonly number: number }
  | { readonly page: "archive" }
  /** Lists that give way to a page of the blog's own at the same path. */
  | { readonly page: "author"; readonly path: string; readonly handle: string; readonly cursor: Cursor; readonly number: number }
  | { readonly page: "kind"; readonly path: string; readonly list: KindList; readonly cursor: Cursor; readonly number: number }
  | { readonly page: "path"; readonly path: string }
  | { readonly page: "none" };

/** The page that an address of a blog asks for; an address that cannot be one is "none". Unknown query keys mean nothing. */
export function routeOf(path: string, query: URLSearchParams): Route {
  const clean = cleanPath(path);
  if (clean === null) return { page: "none" };
  const list = { cursor: cursorOf(query), number: numberOf(query) };
  if (clean === "/") return { page: "home", ...list };
  if (clean === "/archive") return { page: "archive" };
  const category = /^\/categories\/([^/]+)$/.exec(clean)?.[1];
  if (category !== undefined) return { page: "category", slug: category, ...list };
  const date = /^\/([1-9]\d{3})(?:\/(0[1-9]|1[0-2]))?$/.exec(clean);
  if (date) return { page: "date", period: date[2] ? `${date[1]}-${date[2]}` : date[1]!, ...list };
  const kind = /^\/(photos|replies|bookmarks)$/.exec(clean)?.[1];
  if (kind) return { page: "kind", path: clean, list: kind as KindList, ...list };
  const handle = /^\/authors\/([^/]{1,100})$/.exec(clean)?.[1];
  return handle === undefined ? { page: "path", path: clean } : { page: "author", path: clean, handle, ...list };
}

/** The part of an address that the page depends on: what caches keep it under. */
export function canonicalAddress(path: string, query: URLSearchParams): string {
  const route = routeOf(path, query);
  const bare = path.length > 1 ? path.replace(/\/+$/, "") : path;
  if (!("cursor" in route)) return bare;
  const { after, before } = route.cursor;
  if (!after && !before) return bare;
  const number = route.number > 1 ? `&page=${route.number}` : "";
  return `${bare}?${after ? `after=${after}` : `before=${before}`}${number}`;
}

function cursorOf(query: URLSearchParams): Cursor {
  const after = query.get("after");
  if (after !== null && isUlid(after)) return { after };
  const before = query.get("before");
  return before !== null && isUlid(before) ? { before } : {};
}

// Only for display: a wrong number leads nowhere else.
function numberOf(query: URLSearchParams): number {
  const text = query.get("page") ?? "";
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}
