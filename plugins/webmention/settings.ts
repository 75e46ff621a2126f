import type { Context, ValuesOf } from "rookery/plugin";

/** What owners may decide. */
export const settings = {
  receive: {
    type: "boolean",
    label: "Receive webmentions",
    help: "Replies and mentions on other sites appear below your posts.",
    default: true,
  },
  send: {
    type: "boolean",
    label: "Send webmentions",
    help: "Tells the pages you link to that you did.",
    default: true,
  },
  selfMentions: {
    type: "boolean",
    label: "Tell my own posts too",
    help: "A link to another post of this blog appears below that post.",
    default: false,
  },
  salmention: {
    type: "boolean",
    label: "Pass conversations on",
    help: "When replies below a post change, the pages it answers hear of them; and replies below a reply are shown with it.",
    default: true,
  },
  vouch: {
    type: "boolean",
    label: "Hold what comes from unknown sites",
    help: "A mention waits for your yes unless its site is known here, or a site you know vouches for it.",
    default: false,
  },
} as const;

export type Settings = typeof settings;
export type Own = Context<Settings>;
export type Values = ValuesOf<Settings>;
