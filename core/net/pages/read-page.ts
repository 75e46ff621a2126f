import type { Feed, FeedPlace } from "../feeds/feed.types.ts";
import type { Article } from "./article.ts";
import type { PageLink } from "./links.ts";
import type { Microformats } from "./microformats.ts";
import { askThread } from "./page-threads.ts";
import type { PageQuestion } from "./page-worker.ts";

/** How much of a page is read, in letters; the rest is passed by. */
export const mostOfPage = 1_000_000;

/**
 * The microformats of a page, as http://microformats.org/wiki/microformats2-parsing says. Null when it takes more than five
 * seconds or cannot be read. The page is read by a thread of its own: nobody waits for it but the caller.
 */
export function parseMicroformats(html: string, baseUrl: string): Promise<Microformats | null> {
  return ask<Microformats>({ what: "microformats", html, url: baseUrl });
}

/**
 * Every address in a page's attributes, in the order of the document, resolved against `<base>` or the page's own address; what
 * stands in comments, scripts, templates and text areas is none. 10,000 at most; null when it takes too long.
 */
export function linksIn(html: string, baseUrl: string): Promise<readonly PageLink[] | null> {
  return ask<readonly PageLink[]>({ what: "links", html, url: baseUrl });
}

/** What somebody would read of a page, without what stands around it. Its HTML must still go through `sanitise`. Null when there is none to be found. */
export function readableArticle(html: string, url: string): Promise<Article | null> {
  return ask<Article>({ what: "article", html, url });
}

/** How many bytes of a feed are read. */
export const mostOfFeed = 8_000_000;

/**
 * A feed of any kind (RSS, RDF, Atom, JSON Feed, h-feed), read by what it is, as tolerantly as its readers are. Null when it is
 * none, has more than 8 MB or takes longer than five seconds. Its HTML must still go through `sanitise`.
 */
export function parseFeed(bytes: Uint8Array, { url, contentType = "" }: FeedPlace): Promise<Feed | null> {
  if (bytes.byteLength > mostOfFeed) return Promise.resolve(null);
  return ask<Feed>({ what: "feed", html: "", url, bytes, contentType });
}

function ask<T>(question: Omit<PageQuestion, "id">): Promise<T | null> {
  if (!URL.canParse(question.url)) throw new Error("A page is read with its full address");
  return askThread({ ...question, html: question.html.slice(0, mostOfPage) }) as Promise<T | null>;
}
