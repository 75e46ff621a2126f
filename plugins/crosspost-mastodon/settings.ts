import type { Context, Fields } from "rookery/plugin";

/** What the owner of a blog sets. */
export const settings = {
  server: {
    type: "text",
    label: "Your address there",
    help: "For example @kim@social.example, or only the server: social.example. Then connect.",
  },
  accounts: { type: "oauth", label: "Mastodon", multiple: true },
  visibility: {
    type: "select",
    label: "Who finds the copies",
    help: "Both can be read by everybody.",
    options: [
      { value: "public", label: "Everybody, also in the server’s timelines" },
      { value: "unlisted", label: "Followers, and whoever looks at the profile" },
    ],
    default: "public",
  },
} as const satisfies Fields;

/** The context of everything in this plugin. */
export type MastodonContext = Context<typeof settings>;
