/** Whom an address of a person's feed here means (`/feeds/NAME.json`, as lists of subscriptions name it); anything else as it was written. */
export function behindOwnFeed(wanted: string, siteUrl: string): string {
  const url = URL.parse(wanted);
  if (!url || url.host !== new URL(siteUrl).host) return wanted;
  return /^\/feeds\/([A-Za-z0-9-]{1,40})\.(?:json|xml)$/.exec(url.pathname)?.[1] ?? wanted;
}
