/** What is switched on at first, by the choice made at set-up; a plugin that is not there is left out. */
export const pluginSets = {
  blog: ["feeds", "sitemap", "micropub", "indieauth", "webmention", "websub", "import-wordpress"],
  community: [
    "feeds",
    "sitemap",
    "micropub",
    "indieauth",
    "webmention",
    "websub",
    "import-wordpress",
    "timeline",
    "discover",
    "activitypub",
  ],
  none: [],
} as const satisfies Record<string, readonly string[]>;

/** The name of a set. */
export type PluginSet = keyof typeof pluginSets;
