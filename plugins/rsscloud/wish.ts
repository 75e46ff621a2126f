import { PublicError } from "rookery/plugin";

/** What a reader asks for: to be told at `callback` when one of the feeds changes. */
export type Wish = { readonly callback: string; readonly feeds: readonly string[]; readonly hasDomain: boolean };

const most = 10;

/** Reads a request of pleaseNotify; `address` is who asks, for readers that name no domain. PublicError 400 for what is wrong. */
export function wishOf(fields: URLSearchParams, address: string): Wish {
  const protocol = fields.get("protocol") || "http-post";
  if (protocol !== "http-post" && protocol !== "https-post")
    throw refused("protocol", "Only the protocols http-post and https-post are spoken here.");
  const domain = fields.get("domain") ?? "";
  const port = fields.get("port") ?? "";
  const path = fields.get("path") ?? "";
  if (!/^\d{1,5}$/.test(port)) throw refused("port", "The parameter port must be a number.");
  const host = domain || (address.includes(":") ? `[${address}]` : address);
  const isSecure = protocol === "https-post" || port === "443";
  const callback = URL.parse(`${isSecure ? "https" : "http"}://${host}:${port}/${path.replace(/^\/+/, "")}`);
  // A domain is a name, and nothing that would make another address of it.
  if (!callback || /[/?#@\\\s]/.test(domain) || callback.hash || callback.href.length > 1000)
    throw refused("address", "domain, port and path make no address.");
  const feeds = [...fields].filter(([name]) => /^url\d{1,3}$/.test(name)).map(([, url]) => url);
  if (feeds.length === 0) throw refused("url", "The parameter url1 is missing.");
  if (feeds.length > most) throw refused("url", `Ask for ${most} feeds at most in one request.`);
  return { callback: callback.href, feeds: [...new Set(feeds)], hasDomain: domain !== "" };
}

const refused = (what: string, sentence: string) => new PublicError(`rsscloud.${what}`, sentence, 400);
