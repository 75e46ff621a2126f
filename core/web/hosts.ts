/** The host a request names, in lower case without port and final dot; null when it is none (a request without a sound Host is refused). */
export function hostOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  const host = header
    .toLowerCase()
    .replace(/:\d{1,5}$/, "")
    .replace(/\.$/, "");
  return /^[a-z0-9.-]{1,253}$/.test(host) || /^\[[0-9a-f:.]+\]$/.test(host) ? host : null;
}

/** The client's address: the socket's, or behind a trusted proxy the rightmost hop that is none. */
export function addressOf(
  socketAddress: string | undefined,
  forwarded: string | string[] | undefined,
  trusted: (address: string) => boolean,
): string {
  let address = plain(socketAddress ?? "");
  const hops = String(forwarded ?? "")
    .split(",")
    .map((hop) => plain(hop.trim()));
  while (trusted(address) && hops.length > 0) {
    const hop = hops.pop()!;
    if (hop === "") break;
    address = hop;
  }
  return address;
}

const plain = (address: string): string => address.replace(/^::ffff:/, "");
