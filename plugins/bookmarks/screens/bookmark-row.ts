import { PublicError, type PluginScreenRequest } from "rookery/plugin";
import type { Bookmark } from "../api.ts";
import type { Own, Settings } from "../settings.ts";
import { bookmarkStore } from "../store.ts";

/** A request to one of the plugin's screens. */
export type Request = PluginScreenRequest<Settings>;

/** What the person who asks saved. */
export function storeOf(request: Request) {
  return { store: bookmarkStore(() => request.context as Own), accountId: request.account!.id };
}

/** A bookmark as lists draw it. */
export function rowOf({ id, url, title, tags, isPublic, copy, savedAt }: Bookmark, { at, context: { t } }: Request) {
  return {
    at: at(`/bookmarks/${id}`),
    url,
    title: title || url,
    host: URL.parse(url)?.host ?? "",
    tags: tags.map((tag) => ({ tag, at: tagAddress(at, tag) })),
    isPublic,
    savedAt,
    copy: t(`copy.${copy.state}`),
  };
}

/** The list of one tag. */
export const tagAddress = (at: Request["at"], tag: string): string => `${at("/bookmarks")}?tag=${encodeURIComponent(tag)}`;

/** The sentence for a form that was refused, in the reader's language; throws what is no refusal of a form. */
export function sentenceOf(error: unknown, { context }: Request): string {
  if (!(error instanceof PublicError) || error.status === 404) throw error;
  const key = `error.${error.key}`;
  const said = context.t(key, (error.values ?? {}) as Record<string, string | number>);
  return said === key ? error.message : said;
}
