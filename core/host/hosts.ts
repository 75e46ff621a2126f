/** Whether an address belongs to one of the hosts of a manifest: exact, or `*.example.com` for anything below. */
export function hostFits(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hosts.some((host) => (host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host));
}
