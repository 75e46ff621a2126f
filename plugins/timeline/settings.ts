import type { Context } from "rookery/plugin";

/** What admins may decide. */
export const settings = {
  publicPages: {
    type: "boolean",
    label: "Profiles and conversations are public",
    help: "Visitors who are not signed in see the pages of people here and of what is said under their posts. Timelines are never public.",
    default: true,
  },
} as const;

export type Settings = typeof settings;
/** The plugin's own context. */
export type Own = Context<Settings>;
