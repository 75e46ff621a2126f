import { linksIn, parseFeed, type Feed, type HeaderLink, type PageLink } from "rookery/plugin";
import { fetchFeed, type Answer, type Problem } from "./fetch-feed.ts";
import { knownPlaces } from "./known-places.ts";
import type { Own } from "./rows.ts";

/** A feed somebody can choose. */
export type Choice = { readonly url: string; readonly title: string };

/** What an address led to: a feed, several to choose from, or why there is none. */
export type Found =
  | { readonly kind: "feed"; readonly url: string; readonly feed: Feed }
  | { readonly kind: "several"; readonly choices: readonly Choice[] }
  | { readonly kind: "none"; readonly problem: Problem };

// Somebody waits: a site that takes its time with each of many addresses must not make it minutes.
const patience = 30_000;
type Asking = { readonly own: Own; readonly until: number };
const guesses = ["feed.json", "feed", "feed.xml", "rss.xml", "atom.xml", "index.xml"] as const;
const types = ["application/feed+json", "application/atom+xml", "application/rss+xml"] as const;

/** The address somebody meant: with a scheme, of the web, at most 2,048 letters; null for what can be none. */
export function addressIn(typed: string): string | null {
  const text = typed
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, "")
    .replace(/^feed:/i, "https:");
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  return url && /^https?:$/.test(url.protocol) && url.hostname.includes(".") && !url.username && url.href.length <= 2_048
    ? url.href
    : null;
}

/** Finds the feed of an address: itself, what its header or page names, an h-feed on it, rules of known places, and usual names. */
export async function discover(own: Own, typed: string): Promise<Found> {
  const url = addressIn(typed);
  if (!url) return { kind: "none", problem: "address" };
  const context = { own, until: performance.now() + patience };
  const answer = await ask(context, url);
  if (answer.kind !== "new") {
    // Some services show their pages to browsers only, and their feeds to everybody.
    const found = await firstFeed(context, knownPlaces(url));
    return found ?? { kind: "none", problem: answer.kind === "failed" ? answer.problem : "missing" };
  }
  const feed = await parseFeed(answer.bytes, answer);
  if (feed && feed.kind !== "h-feed") return { kind: "feed", url: answer.url, feed };
  const page = new TextDecoder().decode(answer.bytes);
  const named = namedIn(answer.links, (await linksIn(page, answer.url)) ?? []);
  if (named.length > 1) return { kind: "several", choices: named };
  const only = named[0] && (await follow(context, named[0].url));
  if (only?.kind === "feed") return only;
  if (feed) return { kind: "feed", url: answer.url, feed };
  const usual = guesses.map((name) => new URL(name, `${new URL(answer.url).origin}/`).href);
  const found = await firstFeed(context, [...knownPlaces(answer.url), ...usual]);
  return found ?? { kind: "none", problem: "nofeed" };
}

async function firstFeed(context: Asking, places: readonly string[]): Promise<Found | null> {
  for (const place of places) {
    if (performance.now() > context.until) return null;
    const found = await follow(context, place);
    if (found.kind === "feed" && found.feed.kind !== "h-feed") return found;
  }
  return null;
}

async function follow(context: Asking, url: string): Promise<Found> {
  const answer = await ask(context, url);
  if (answer.kind !== "new") return { kind: "none", problem: answer.kind === "failed" ? answer.problem : "missing" };
  const feed = await parseFeed(answer.bytes, answer);
  return feed ? { kind: "feed", url: answer.url, feed } : { kind: "none", problem: "nofeed" };
}

const ask = ({ own, until }: Asking, url: string): Promise<Answer> =>
  fetchFeed(own, { url, etag: "", last_modified: "", body_hash: "" }, Math.min(20_000, until - performance.now()));

// Comments last; JSON before Atom before RSS only where they are otherwise the same feed.
function namedIn(header: readonly HeaderLink[], page: readonly PageLink[]): Choice[] {
  const all = [
    ...header.map(({ url, rel, parameters }) => ({ url, rel, type: parameters.type ?? "", title: parameters.title ?? "" })),
    ...page.filter(({ element }) => element === "link").map(({ url, rel, type, text }) => ({ url, rel, type, title: text })),
  ]
    .map((link) => ({ ...link, rank: types.findIndex((type) => link.type.toLowerCase().startsWith(type)) }))
    .filter(({ rel, rank, url }) => rel.includes("alternate") && rank >= 0 && /^https?:/.test(url));
  const isComments = ({ url, title }: Choice) => /comment/i.test(title) || /\/comments?\//i.test(new URL(url).pathname);
  const kept = all.filter((link) => !isComments(link));
  const chosen = (kept.length > 0 ? kept : all).sort((a, b) => a.rank - b.rank);
  // The same feed in several formats is one choice.
  const stems = new Map<string, Choice>();
  for (const { url, title } of chosen) {
    const stem = new URL(url).pathname
      .replace(/\.(?:json|xml|rss|atom|rdf)$/i, "")
      .replace(/\/(?:json|rss|atom|rdf|feed)\/?$/i, "/feed");
    if (!stems.has(stem)) stems.set(stem, { url, title });
  }
  return [...stems.values()].slice(0, 20);
}
