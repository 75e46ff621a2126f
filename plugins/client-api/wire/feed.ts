import type { Json, Reply } from "rookery/plugin";
import { answer } from "./answers.ts";
import type { Own } from "../settings.ts";

/** What stands around the items of a list. */
export type FeedFacts = {
  readonly title: string;
  /** The list's own path on the hub. */
  readonly path: string;
  /** Where people read it; the hub's start page unless told. */
  readonly home?: string;
  readonly items: readonly object[];
  /** More for `_microblog`. */
  readonly more?: { readonly [name: string]: Json };
  readonly author?: object;
};

/** A list as a JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export function feedOf(siteUrl: string, { title, path, home, items, more = {}, author }: FeedFacts) {
  const at = (to: string) => new URL(to, siteUrl).href;
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: `${new URL(siteUrl).host} - ${title}`,
    home_page_url: home ? at(home) : new URL(siteUrl).origin,
    feed_url: at(path),
    ...(author && { author, authors: [author] }),
    _microblog: { about: at("/about/api"), ...more },
    items,
  };
}

/** The same as an answer. */
export const feedReply = ({ site }: Pick<Own, "site">, facts: FeedFacts): Reply => answer(feedOf(site.url, facts));
