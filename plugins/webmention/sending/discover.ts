import { linksIn, parseLinkHeader, type PageLink } from "rookery/plugin";
import { fetchPage } from "../page.ts";
import type { Own } from "../settings.ts";
import { webUrl } from "../web-url.ts";

/** What a target said: where its webmentions go (null: nowhere), or that it cannot be asked. `links` are those of the page. */
export type Discovery =
  | { readonly state: "found"; readonly endpoint: string; readonly links: readonly PageLink[] }
  | { readonly state: "none" }
  | { readonly state: "later"; readonly after: number | null };

/**
 * Finds the webmention endpoint of a target (Webmention §3.1.2): the first Link header, else the first `<link>` or `<a>` in the
 * document that has an address, resolved against where the page really is, its query kept. One GET and no other request, because
 * an address may be good for one visit only. What the guarded fetch throws comes through.
 */
export async function discover(context: Own, target: string): Promise<Discovery> {
  const page = await fetchPage(context, target);
  if (page.status === 429 || page.status >= 500)
    return { state: "later", after: secondsIn(page.headers.get("retry-after"), context) };
  // A page that is gone may have an endpoint still, in a header or in its words.
  const isMarkup = /html|xml/.test(page.type) || page.type === "";
  const links = isMarkup ? await linksIn(page.text, page.url) : [];
  const endpoint = inHeader(page.headers.get("link"), page.url) ?? inDocument(links ?? []);
  if (endpoint === undefined && links === null) return { state: "later", after: null };
  return endpoint !== undefined && webUrl(endpoint) ? { state: "found", endpoint, links: links ?? [] } : { state: "none" };
}

/** Seconds that `Retry-After` asks for, a day at most; null when it says nothing. */
export function secondsIn(header: string | null, { clock }: Pick<Own, "clock">): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - clock.now().getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), 86_400) : null;
}

function inHeader(header: string | null, base: string): string | undefined {
  return header === null ? undefined : parseLinkHeader(header, base).find(({ rel }) => rel.includes("webmention"))?.url;
}

function inDocument(links: readonly PageLink[]): string | undefined {
  const isOne = ({ element, attribute, rel }: PageLink) =>
    (element === "link" || element === "a") && attribute === "href" && rel.includes("webmention");
  return links.find(isOne)?.url;
}
