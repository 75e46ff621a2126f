import type { Fields } from "rookery/plugin";

/** What a blog's owner can choose about its sitemap. */
export const settings = {
  pages: { type: "boolean", label: "List pages", default: true },
  categories: { type: "boolean", label: "List categories", default: true },
  notes: {
    type: "boolean",
    label: "List notes",
    help: "Short posts without a title. Switch it off to have search engines see articles first.",
    default: true,
  },
} as const satisfies Fields;
