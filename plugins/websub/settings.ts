import type { Fields } from "rookery/plugin";

/** What a blog's owner can choose. */
export const settings = {
  hub: {
    type: "url",
    label: "A public hub instead of your own",
    help: "Leave it empty: Rookery is a hub itself. With an address such as https://pubsubhubbub.superfeedr.com/ readers subscribe there.",
  },
} as const satisfies Fields;
