import type { Route } from "rookery/plugin";
import { route } from "../wire/route.ts";
import { addBookmark, bookmarks, dropBookmark, oneBookmark, tagBookmark, tags } from "./bookmarks.ts";
import { dropHighlight, highlights } from "./highlights.ts";
import { bookmarkSettings } from "./settings.ts";

// Older apps say favorites.
const named = (place: string): readonly Route[] => [
  route("GET", place, bookmarks),
  route("POST", place, addBookmark, { timeout: { seconds: 15 } }),
  route("GET", `${place}/:id`, oneBookmark),
  route("POST", `${place}/:id`, tagBookmark),
  route("DELETE", `${place}/:id`, dropBookmark),
];

/** Saved pages, their tags, and passages marked in them. */
export const bookmarkRoutes: readonly Route[] = [
  route("GET", "/posts/bookmarks/tags", tags),
  route("GET", "/posts/bookmarks/highlights", highlights),
  route("DELETE", "/posts/bookmarks/highlights/:id", dropHighlight),
  ...named("/posts/bookmarks"),
  ...named("/posts/favorites"),
  route("GET", "/bookmarks/settings", bookmarkSettings),
  route("POST", "/bookmarks/settings", bookmarkSettings),
];
