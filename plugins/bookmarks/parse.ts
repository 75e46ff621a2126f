import type { Draft } from "rookery/plugin";
import { bookmarkedUrl } from "./bookmark-of.ts";
import type { Own } from "./settings.ts";

/** A new bookmark is seen by whom the blog's owner said, unless its author says otherwise. */
export function withVisibility(draft: Draft, { settings }: Own): Draft | undefined {
  const isNew = draft.id === undefined && draft.visibility === undefined && (draft.kind ?? "bookmark") === "bookmark";
  if (!isNew || settings.visibility === "blog" || bookmarkedUrl(draft.properties) === null) return undefined;
  // A reply that also names a page is a reply.
  if (draft.properties?.["in-reply-to"]) return undefined;
  return { ...draft, visibility: settings.visibility as "public" | "private" };
}
