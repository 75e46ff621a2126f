import type { ClientInfo } from "./client-info.ts";
import { spokenName } from "./spoken-name.ts";
import { redirectOf } from "./urls.ts";

const most = 50;

/** A client's metadata document (OAuth Client ID Metadata Document); null when it is none, or is not about this client. */
export function readClientJson(text: string, client: URL): ClientInfo | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const said = value as Readonly<Record<string, unknown>>;
  // Compared as text (RFC 3986 §6.2.1): a document somebody else put elsewhere says nothing about this client.
  if (said.client_id !== client.href) return null;
  const uri = typeof said.client_uri === "string" ? URL.parse(said.client_uri) : null;
  if (said.client_uri !== undefined && !isAbove(uri, client)) return null;
  const redirects = Array.isArray(said.redirect_uris) ? said.redirect_uris.slice(0, most) : [];
  return {
    isRead: true,
    name: spokenName(said.client_name),
    uri: uri?.href ?? null,
    logo: logoFrom(said.logo_uri, client),
    redirects: redirects.filter((one): one is string => typeof one === "string").flatMap((one) => redirectsFrom(one, client)),
  };
}

/** Where a client says its logo is; null for what no picture can be fetched from. */
export function logoFrom(text: unknown, client: URL): string | null {
  const url = typeof text === "string" && text.length <= 2_000 ? URL.parse(text, client) : null;
  return url && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" ? url.href : null;
}

/** An address a client publishes, as it is written where it is whole, and as it is resolved. */
export function redirectsFrom(text: string, client: URL): string[] {
  const resolved = URL.parse(text, client)?.href;
  return [...new Set([text, ...(resolved === undefined ? [] : [resolved])])].filter((one) => redirectOf(one) !== null);
}

const isAbove = (uri: URL | null, client: URL): boolean =>
  uri !== null && uri.origin === client.origin && client.href.startsWith(uri.href);
