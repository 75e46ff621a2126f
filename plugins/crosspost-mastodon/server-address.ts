import { isLoopback, originOf } from "../crosspost/kit.ts";

/** Where a server is, and who was named on it. */
export type ServerAddress = { readonly origin: string; readonly user: string | null };

/** The server in what people type: `@kim@social.example`, `social.example`, or an address of a page there. Null when it is none. */
export function serverIn(typed: string): ServerAddress | null {
  const text = typed.trim();
  const handle = /^(?:acct:)?@?([^@\s/:]+)@([^@\s/]+)\/?$/.exec(text);
  const place = handle ? handle[2]! : text;
  const isBare = !/^[a-z][a-z0-9+.-]*:\/\//i.test(place);
  const address = isBare ? `${isLoopback(place) ? "http" : "https"}://${place}` : place;
  const origin = originOf(address);
  if (origin === null) return null;
  const { hostname, host, pathname } = new URL(address);
  const user = handle?.[1] ?? /^\/@([^/@]+)/.exec(pathname)?.[1] ?? null;
  return hostname.includes(".") || isLoopback(host) ? { origin, user } : null;
}
