/**
 * A server in an address that somebody typed or a stranger's document names: its origin, without path. Null for anything but https
 * without a name and password in it. Only machines of one's own are reached without TLS, and the guarded fetch lets nobody there
 * unless the installation says so.
 */
export function originOf(address: unknown): string | null {
  const url = typeof address === "string" ? URL.parse(address) : null;
  if (!url || url.username !== "" || url.password !== "") return null;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.host)) ? url.origin : null;
}

/** Whether a host, with its port or without, is this machine. */
export const isLoopback = (host: string): boolean => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/.test(host);
