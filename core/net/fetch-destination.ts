import { lookup as systemLookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { isAllowedAddress, isLoopback } from "./address.ts";
import { FetchRefused } from "./fetch-refused.ts";

/** One address a host name stands for. */
export type ResolvedAddress = { address: string; family: 4 | 6 };

/** Gives all addresses of a host name, or throws when there are none. */
export type Lookup = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** Which destinations are open besides the public web on its usual ports; `allow` holds exact `host:port` pairs for tests. */
export type DestinationRules = { readonly privateNetwork: boolean; readonly allow: ReadonlySet<string>; readonly lookup: Lookup };

/** A checked URL with the addresses to connect to, and whether `allow` opened it. */
export type Destination = { readonly url: URL; readonly addresses: readonly ResolvedAddress[]; readonly isAllowListed: boolean };

const PORTS = new Set(["", "80", "443", "8080", "8443"]);
const LONGEST = 2_048;

/**
 * Gives where a URL leads, resolved once and with every answer checked; throws FetchRefused for anything but the public web.
 * `loopback: false` refuses this machine also where a closed network or a test opened it.
 */
export async function destinationOf(
  address: string,
  rules: DestinationRules,
  { loopback = true }: { readonly loopback?: boolean } = {},
): Promise<Destination> {
  const url = address.length <= LONGEST ? URL.parse(address) : null;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:") || url.username || url.password || url.hostname === "")
    throw new FetchRefused("scheme");
  const isAllowListed = rules.allow.has(`${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`);
  if (!isAllowListed && !rules.privateNetwork && !PORTS.has(url.port)) throw new FetchRefused("port");
  const addresses = await resolve(url.hostname.replace(/^\[|\]$/g, ""), rules);
  const isBad = ({ address: found }: ResolvedAddress) => !isAllowedAddress(found, rules.privateNetwork);
  if (!loopback && addresses.some(({ address: found }) => isLoopback(found))) throw new FetchRefused("address");
  // One bad answer among good ones is how rebinding looks, so it refuses them all.
  if (addresses.length === 0 || (!isAllowListed && addresses.some(isBad))) throw new FetchRefused("address");
  return { url, addresses, isAllowListed };
}

async function resolve(hostname: string, { lookup }: DestinationRules): Promise<readonly ResolvedAddress[]> {
  const version = isIP(hostname);
  if (version !== 0) return [{ address: hostname, family: version === 4 ? 4 : 6 }];
  // These names never leave the machine (RFC 6761), whatever a resolver says.
  if (/(?:^|\.)localhost\.?$/.test(hostname)) return [{ address: "127.0.0.1", family: 4 }];
  try {
    return await lookup(hostname);
  } catch (cause) {
    throw new FetchRefused("network", { cause });
  }
}

/** Asks name servers directly: the system's own call would let one slow server hold a thread that files need too. */
export function nameServerLookup(servers?: readonly string[]): Lookup {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers) resolver.setServers([...servers]);
  return async (hostname) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    if (four.status === "rejected" && six.status === "rejected") throw four.reason;
    const found = (result: typeof four, family: 4 | 6) =>
      result.status === "fulfilled" ? result.value.map((address) => ({ address, family })) : [];
    return [...found(four, 4), ...found(six, 6)];
  };
}

/** Asks the operating system, which also knows its hosts file and the names of a closed network. */
export const operatingSystemLookup: Lookup = async (hostname) =>
  (await systemLookup(hostname, { all: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
