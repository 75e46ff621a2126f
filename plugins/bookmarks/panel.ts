import type { Fields, Panel } from "rookery/plugin";
import { bookmarkedUrl, tagsOf, webUrl, withTags } from "./bookmark-of.ts";
import type { Settings } from "./settings.ts";
import { cleanTags } from "./tags.ts";

const fields = {
  url: { type: "url", label: "Page to keep", help: "With an address the post is a bookmark of that page.", max: 2_000 },
  tags: { type: "text", label: "Your tags", help: "With commas between them. Only you see them.", max: 1_000 },
} as const satisfies Fields;

/** Where an author says which page a post keeps. */
export const panel: Panel<Settings> = {
  id: "bookmark",
  title: "Bookmark",
  fields,
  read: ({ properties }) => ({ url: bookmarkedUrl(properties) ?? "", tags: tagsOf(properties).join(", ") }),
  write(values, draft, { t }) {
    const typed = typeof values.url === "string" ? values.url.trim() : "";
    const url = webUrl(typed);
    if (typed !== "" && url === null) return { refuse: t("error.no-url"), field: "url", status: 422 };
    // What an app said besides the address, such as the page's title, stays as long as the address does.
    const isSame = url === bookmarkedUrl(draft.properties);
    const bookmarks = withTags({ properties: draft.properties ?? {} }, cleanTags(values.tags));
    return { ...draft, properties: { ...draft.properties, ...(!isSame && { "bookmark-of": url }), bookmarks } };
  },
};
