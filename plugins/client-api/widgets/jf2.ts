import { plainText } from "rookery/plugin";
import { dated } from "../wire/dates.ts";
import type { Thread } from "./thread.ts";

/** A conversation as webmention.io answers it (https://jf2.spec.indieweb.org): every reply an entry that answers the post. */
export const jf2Of = (target: string, { replies }: Thread) => ({
  type: "feed",
  name: "Webmentions",
  children: replies.toReversed().map(({ number, url, html, at, author }) => ({
    type: "entry",
    author: { type: "card", name: author.name, photo: author.avatar, url: author.url },
    url,
    published: dated(at),
    "wm-received": dated(at),
    "wm-id": number,
    "wm-source": url,
    "wm-target": target,
    content: { html, text: plainText(html) },
    "in-reply-to": target,
    "wm-property": "in-reply-to",
    "wm-private": false,
  })),
});
