import type { Context } from "rookery/plugin";

/** What owners may decide. */
export const settings = {
  visibility: {
    type: "select",
    label: "New bookmarks",
    help: "Where nothing else is said. Each one can be made public or private in the composer.",
    options: [
      { value: "blog", label: "Are seen as new posts of the blog are" },
      { value: "public", label: "Are public" },
      { value: "private", label: "Are private: only you see them" },
    ],
    default: "blog",
  },
  keepCopies: {
    type: "boolean",
    label: "Keep a copy to read",
    help: "The text of each page is fetched once and kept for whoever saved it, without pictures. Nobody else can read it here.",
    default: true,
  },
  fetchTitles: {
    type: "boolean",
    label: "Look up missing titles",
    help: "A bookmark without a title gets the title of its page.",
    default: true,
  },
  items: { type: "number", label: "Bookmarks in the feeds", min: 1, max: 100, step: 1, default: 30 },
} as const;

export type Settings = typeof settings;
/** The plugin's own context. */
export type Own = Context<Settings>;
