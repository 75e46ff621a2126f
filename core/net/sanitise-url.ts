const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
// WHATWG URL parsing removes these before it looks for a scheme, so `java\tscript:` must be seen as browsers see it.
const IGNORED_ANYWHERE = /[\t\n\r]/g;
// oxlint-disable-next-line no-control-regex
const IGNORED_AT_ENDS = /^[\u0000-\u0020\u00a0\u2028\u2029\ufeff]+|[\u0000-\u0020\u00a0\u2028\u2029\ufeff]+$/g;
const TWO_SLASHES = /^[\\/]{2}/;

/** What a URL attribute may hold: the schemes, and whether addresses relative to the page count. */
export type UrlRule = { readonly schemes: ReadonlySet<string>; readonly relative: boolean };

/** Gives the URL as it may be written into an attribute, or null when its scheme (also after percent decoding) is not allowed. */
export function safeUrl(value: string, rule: UrlRule): string | null {
  const url = value.replace(IGNORED_ANYWHERE, "").replace(IGNORED_AT_ENDS, "");
  if (TWO_SLASHES.test(url)) return absolute(`https://${url.slice(2)}`);
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return rule.relative && !hidesScheme(url) ? url : null;
  if (!rule.schemes.has(scheme)) return null;
  return scheme === "http" || scheme === "https" ? absolute(url) : url;
}

function absolute(url: string): string | null {
  // Without `//` the same text is relative on a page of that scheme, so it is written out in full.
  if (/^https?:\/\/[^\\/]/i.test(url)) return URL.canParse(url) ? url.replaceAll("\\", "/") : null;
  return URL.parse(url)?.href ?? null;
}

/** `javascript%3Aalert(1)` is relative to a browser, but not to every program that reads our feeds. */
function hidesScheme(url: string): boolean {
  const head = url.slice(0, 64);
  if (!head.includes("%")) return false;
  const decoded = head.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // oxlint-disable-next-line no-control-regex
  return SCHEME.test(decoded.replace(/[\u0000-\u0020]/g, ""));
}
