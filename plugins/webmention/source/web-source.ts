import { parseMicroformats } from "rookery/plugin";
import { fetchPage, isReadable, type FetchedPage } from "../page.ts";
import type { Own } from "../settings.ts";
import { authorOf } from "./author.ts";
import { commentsOf } from "./comments.ts";
import type { Facts, Mention } from "./facts.ts";
import { findEntry } from "./find-entry.ts";
import { kindOf } from "./kind.ts";
import { linksTo } from "./links-to.ts";
import { firstWords, urlsOf } from "./values.ts";
import { wordsFor } from "./words.ts";

/** Looks at a source on the web: whether it is there, links to the target, and what it says. */
export async function webSource(context: Own, source: string, target: string): Promise<Facts> {
  let page: FetchedPage;
  try {
    page = await fetchPage(context, source);
  } catch (error) {
    return troubleOf(error);
  }
  if (page.status === 410) return { state: "gone" };
  if (page.status === 429 || page.status >= 500) return { state: "later" };
  if (page.status < 200 || page.status > 299) return { state: "refused", reason: "not-there" };
  if (!isReadable(page.type)) return { state: "refused", reason: "type" };
  const isLinked = await linksTo(page, target);
  if (isLinked === null) return { state: "later" };
  if (!isLinked) return { state: "no-link" };
  return { state: "found", mention: await mentionIn(context, page, { source, target }) };
}

async function mentionIn(
  context: Own,
  page: FetchedPage,
  { source, target }: { source: string; target: string },
): Promise<Mention> {
  const said = /html/.test(page.type) ? await parseMicroformats(page.text, page.url) : null;
  const found = said && findEntry(said, { urls: [source, page.url], target });
  const author = await authorOf(context, { url: page.url, said: said ?? { items: [], rels: {}, "rel-urls": {} } }, found);
  const none = { author, html: "", alsoAnswers: [], comments: [] };
  if (!found) return { ...none, kind: "mention", properties: {} };
  const { entry } = found;
  const { kind, properties } = kindOf(entry, target);
  const html = wordsFor(entry, kind) || rsvpWords(context, properties.rsvp);
  const publishedAt = firstWords(entry, "published");
  const alsoAnswers = urlsOf(entry, "in-reply-to").filter((url) => url !== target);
  return {
    kind,
    author,
    html,
    alsoAnswers,
    properties,
    comments: commentsOf(entry, page.url),
    ...(publishedAt && { publishedAt }),
  };
}

function rsvpWords(context: Own, rsvp: unknown): string {
  return typeof rsvp === "string" ? `<p>${context.t(`rsvp.${rsvp}`)}</p>` : "";
}

// What the guard refuses is no page of the web; what the network could not do may go another time.
function troubleOf(error: unknown): Facts {
  const reason = (error as { reason?: string }).reason;
  if (reason === "type") return { state: "refused", reason: "type" };
  const isFinal =
    reason === "scheme" || reason === "address" || reason === "port" || reason === "redirects" || reason === "too-large";
  return isFinal ? { state: "refused", reason: "address" } : { state: "later" };
}
