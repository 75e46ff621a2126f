/** Where a server is, and who was named on it. */
export type ServerAddress = { readonly origin: string; readonly user: string | null };

/**
 * The server in what people type: `@kim@social.example`, `social.example`, or an address of a page there. Null when it is none.
 * Only machines of one's own are reached without TLS, and the guarded fetch lets nobody there unless the installation says so.
 */
export function serverIn(typed: string): ServerAddress | null {
  const text = typed.trim();
  const handle = /^(?:acct:)?@?([^@\s/:]+)@([^@\s/]+)\/?$/.exec(text);
  const place = handle ? handle[2]! : text;
  const isBare = !/^[a-z][a-z0-9+.-]*:\/\//i.test(place);
  const url = URL.parse(isBare ? `${isLoopback(place) ? "http" : "https"}://${place}` : place);
  if (!url || url.username !== "" || url.password !== "") return null;
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.host));
  const isName = url.hostname.includes(".") || isLoopback(url.host);
  const user = handle?.[1] ?? /^\/@([^/@]+)/.exec(url.pathname)?.[1] ?? null;
  return isSafe && isName ? { origin: url.origin, user } : null;
}

const isLoopback = (host: string): boolean => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/.test(host);
