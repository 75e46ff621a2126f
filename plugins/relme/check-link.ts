import { linksIn, type Context } from "rookery/plugin";

/** What looking at a profile elsewhere gave: it links back, it does not, or it could not be read. */
export type LinkState = "verified" | "missing" | "unreachable";

/**
 * Whether a page elsewhere says with rel=me that it belongs to whoever owns one of the addresses
 * (https://microformats.org/wiki/rel-me). Read as parsed links, so that what only looks like one does not count.
 */
export async function checkLink(context: Context, url: string, own: readonly string[]): Promise<LinkState> {
  let html: string;
  try {
    const answer = await context.fetch(url, {
      headers: { accept: "text/html,application/xhtml+xml;q=0.9" },
      timeout: 10_000,
      maxBytes: 1_000_000,
      purpose: "rel=me",
    });
    if (!answer.ok || !/html/i.test(answer.headers.get("content-type") ?? "")) return "unreachable";
    html = await answer.text();
  } catch (error) {
    // Refused, too slow, too large, gone: all the same to the person, who can ask again.
    context.log.info("A profile could not be read", { url, error: String(error) });
    return "unreachable";
  }
  const links = await linksIn(html, url);
  if (!links) return "unreachable";
  const wanted = new Set(own.map(bare));
  const isBack = links.some(
    ({ element, rel, url: to }) => /^(a|link)$/.test(element) && rel.includes("me") && wanted.has(bare(to)),
  );
  return isBack ? "verified" : "missing";
}

// Sites move between http and https and lose slashes; nothing else of an address may differ.
const bare = (url: string): string =>
  url
    .replace(/^https?:\/\//i, "")
    .replace(/\/+$/, "")
    .toLowerCase();
