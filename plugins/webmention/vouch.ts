import { linksIn, type Interaction, type PageLink } from "rookery/plugin";
import { fetchPage } from "./page.ts";
import type { Own } from "./settings.ts";

/** A site we know: with a page of it that was let in here, or none when we only link to it. */
type Known = { readonly source: string };

const hostOf = (url: string): string => URL.parse(url)?.hostname.slice(0, 180) ?? "";

/** Whether a site was let in here before, or is one we link to. */
export async function isKnownSite(context: Own, url: string): Promise<boolean> {
  const host = hostOf(url);
  return host !== "" && (await context.collection<Known>("hosts").get(host)) !== null;
}

/** Notes that we know the site of a page; `isShown` when the page is shown here. */
export async function knowSite(context: Own, url: string, isShown: boolean): Promise<void> {
  const host = hostOf(url);
  if (host === "") return;
  const hosts = context.collection<Known>("hosts");
  const before = await hosts.get(host);
  if (before && (before.source !== "" || !isShown)) return;
  await hosts.put(host, { source: isShown ? url.slice(0, 2048) : "" });
}

/** What to do with a mention from a site nobody knows: it waits, unless a known site vouches for it. */
export async function holdUnknown(
  context: Own,
  { via, accountId, properties, sourceUrl }: Interaction,
): Promise<"hold" | undefined> {
  if (via !== context.pluginId || !context.settings.vouch || accountId !== null || properties.vouch !== undefined) return;
  return (await isKnownSite(context, sourceUrl)) ? undefined : "hold";
}

/**
 * Whether a page of a site we know links to the source's site without `rel=nofollow` (https://indieweb.org/Vouch). What the guarded
 * fetch throws comes through.
 */
export async function isVouched(context: Own, vouch: string, source: string): Promise<boolean> {
  if (!(await isKnownSite(context, vouch)) || hostOf(vouch) === hostOf(source)) return false;
  const page = await fetchPage(context, vouch);
  if (page.status !== 200 || !/html/.test(page.type)) return false;
  const links = (await linksIn(page.text, page.url)) ?? [];
  const isGood = ({ element, attribute, rel, url }: PageLink) =>
    element === "a" && attribute === "href" && !rel.includes("nofollow") && hostOf(url) === hostOf(source);
  return links.some(isGood);
}

/** A page that links here, of a site that the target's page links to: somebody both know. Null when there is none. */
export async function vouchFor(context: Own, links: readonly PageLink[], target: string): Promise<string | null> {
  const hosts = new Set(links.filter(({ element }) => element === "a").map(({ url }) => hostOf(url)));
  for (const host of [...hosts].slice(0, 50)) {
    const known = host === hostOf(target) || host === "" ? null : await context.collection<Known>("hosts").get(host);
    if (known && known.source !== "") return known.source;
  }
  return null;
}
