/** An address without what makes no other page of it: scheme, `www.`, slash at the end, `utm_…`. For comparing, not for asking. */
export function normalisedLink(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  for (const name of Array.from(url.searchParams.keys())) if (name.startsWith("utm_")) url.searchParams.delete(name);
  return `${url.host.replace(/^www\./, "")}${url.pathname.replace(/\/+$/, "")}${url.search}`;
}
