import type { Context } from "rookery/plugin";

/** What admins may decide. */
export const settings = {
  review: {
    type: "boolean",
    label: "Look at the first posts of new accounts",
    help: "What looks like spam by plain rules (see the README) is held until a moderator has looked. Everything else goes out at once.",
    default: true,
  },
  days: { type: "number", label: "Days an account is new", min: 1, max: 90, default: 14, when: { review: true } },
  words: {
    type: "textarea",
    label: "Words that spam is known by",
    help: "One word or phrase a line, in any letters. A new account's post with one of them is held.",
    when: { review: true },
  },
  visitors: {
    type: "boolean",
    label: "Visitors may report",
    help: "Also people without an account here, a few times an hour from one place.",
    default: true,
  },
  guidelines: {
    type: "markdown",
    label: "Community guidelines",
    help: "Shown at /guidelines. Left empty, a text that comes with Rookery stands there, in the reader's language.",
  },
} as const;

export type Settings = typeof settings;
/** The plugin's own context. */
export type Own = Context<Settings>;
