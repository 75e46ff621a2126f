import type { Context } from "rookery/plugin";

/** What admins may decide. */
export const settings = {
  apps: {
    type: "textarea",
    label: "Apps that people may sign in to by e-mail",
    help: "One app a line: its name, then the address its links begin with. The link in the mail opens only these.",
    default: [
      "Micro.blog for iOS microblog://signin/",
      "Micro.blog for Android microblog://signin/",
      "Micro.blog for Mac microblog://signin/",
      "Micro.blog microblog://signin/",
      "Strata strata://signin/",
      "Epilogue epilogue://signin/",
    ].join("\n"),
    max: 4_000,
  },
  firstParty: {
    type: "textarea",
    label: "Apps that may do everything",
    help: "Addresses (client_id) of apps, one a line. Whoever lets such an app write also lets it read, follow and mute, as its makers expect.",
    default: "https://micro.blog/",
    max: 4_000,
  },
} as const;

export type Settings = typeof settings;
/** The plugin's own context. */
export type Own = Context<Settings>;
