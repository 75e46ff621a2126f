import type { Fields } from "rookery/plugin";

/** What a blog's owner can choose about its feeds. */
export const settings = {
  items: {
    type: "number",
    label: "Posts in each feed",
    help: "The newest ones. Readers ask often, so more posts cost everybody more.",
    default: 25,
    min: 1,
    max: 100,
  },
  content: {
    type: "radio",
    label: "What readers get",
    options: [
      { value: "full", label: "The whole post" },
      { value: "summary", label: "A summary with a link" },
    ],
    default: "full",
  },
} as const satisfies Fields;
