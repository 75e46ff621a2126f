/** Letters an address may be written with here; anything else has to be encoded. Browsers read a backslash as a slash, so it is none. */
const written = /^[\x21-\x5b\x5d-\x7e]+$/;
const authority = /^https?:\/\/([^/?#]*)/i;
const domain = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const longest = { clientId: 500, redirect: 2_000 } as const;
// What a browser would run, or take from its own disk, instead of going there.
const forbidden =
  /^(javascript|data|vbscript|file|blob|filesystem|about|view-source|ws|wss|ftp|chrome|chrome-extension|moz-extension|resource|jar|intent):$/;

/** A client's identifier (IndieAuth §3.3) in its canonical form; null when it is none. */
export function clientIdOf(text: string): URL | null {
  const url = webAddress(text, longest.clientId);
  if (!url) return null;
  const host = hostIn(text);
  // A number that only turns out to be an address of this machine is no name, and neither is any other address.
  return host === "127.0.0.1" || host === "[::1]" || domain.test(host) ? url : null;
}

/**
 * Somebody's own address (IndieAuth §3.2) in its canonical form; null when it is none. `kim.example` is `https://kim.example/`. Ports are
 * for names under `localhost` only, where installations are tried out: no such name ever leads elsewhere (RFC 6761).
 */
export function profileUrlOf(text: string): URL | null {
  const url = webAddress(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`, longest.redirect);
  return url && domain.test(url.hostname) && (url.port === "" || isOwnMachine(url)) ? url : null;
}

/** Where an app wants people back, exactly as it was written; null for what nobody may be sent to. */
export function redirectOf(text: string): { readonly written: string; readonly origin: string | null } | null {
  const { protocol } = URL.parse(text) ?? {};
  if (protocol === undefined || !written.test(text) || text.includes("#") || text.length > longest.redirect) return null;
  if (protocol === "http:" || protocol === "https:") {
    const url = webAddress(text, longest.redirect);
    // A host that is read as another one than it says, as numbers are, is nobody's own address.
    const isPlain = url !== null && url.hostname === hostIn(text);
    return isPlain ? { written: text, origin: url.origin } : null;
  }
  return forbidden.test(protocol) ? null : { written: text, origin: null };
}

/** Whether an address leads to this machine by its name alone; such a client is never asked about itself. */
export function isOwnMachine({ hostname }: URL): boolean {
  return hostname === "127.0.0.1" || hostname === "[::1]" || /(^|\.)localhost$/.test(hostname);
}

const hostIn = (text: string): string => authority.exec(text)![1]!.replace(/:\d*$/, "").toLowerCase();

// Written out as it will be read: no user, no fragment, no dots to climb by, no encoded letters in the host.
function webAddress(text: string, most: number): URL | null {
  if (text.length > most || !written.test(text) || text.includes("#")) return null;
  const host = authority.exec(text)?.[1];
  if (!host || !/^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(host)) return null;
  const path = text.slice(text.indexOf(host) + host.length).split("?")[0]!;
  if (path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) return null;
  const url = URL.parse(text);
  return url && url.username === "" && url.password === "" && !url.hostname.endsWith(".") ? url : null;
}
