import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";

// Never an address of a site: this-network, link-local (cloud metadata), documentation, benchmarks, multicast, reserved, NAT64 and 6to4.
const NEVER = blockList(
  "0.0.0.0/8 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32",
  "64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fe80::/10 fec0::/10 ff00::/8",
);
// Addresses of this machine and of the network around it; a closed network may open them.
const PRIVATE = blockList("10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16", "fc00::/7");
// `::`, IPv4-compatible addresses and, within them, `::1`.
const COMPATIBLE = blockList("", "::/96");

/** Whether an IP address (no port, no brackets) may be connected to; `privateNetwork` admits loopback and private ranges. */
export function isAllowedAddress(address: string, privateNetwork = false): boolean {
  const family = familyOf(address);
  // A zone (`fe80::1%eth0`) points at a link, and BlockList does not understand it.
  if (family === null || address.includes("%") || NEVER.check(address, family)) return false;
  if (privateNetwork) return address === "::1" || !COMPATIBLE.check(address, family);
  return !COMPATIBLE.check(address, family) && !PRIVATE.check(address, family) && !isOwn(address);
}

const LOOPBACK = blockList("0.0.0.0/8 127.0.0.0/8", "::/127");

/** Whether an IP address is this machine's own, as `::ffff:127.0.0.1` too. */
export function isLoopback(address: string): boolean {
  const family = familyOf(address);
  return family !== null && LOOPBACK.check(address, family);
}

function familyOf(address: string): "ipv4" | "ipv6" | null {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? "ipv4" : "ipv6";
}

let own = new BlockList();
let ownReadAt = -Infinity;

/** Addresses of this machine's interfaces, looked up at most once a minute. */
function isOwn(address: string): boolean {
  if (performance.now() - ownReadAt > 60_000) {
    ownReadAt = performance.now();
    own = new BlockList();
    for (const { address: found, family } of Object.values(networkInterfaces()).flatMap((list) => list ?? []))
      own.addAddress(found.replace(/%.*$/, ""), family === "IPv4" ? "ipv4" : "ipv6");
  }
  return own.check(address, familyOf(address) ?? "ipv4");
}

function blockList(ipv4: string, ipv6: string): BlockList {
  const list = new BlockList();
  for (const [ranges, family] of [
    [ipv4, "ipv4"],
    [ipv6, "ipv6"],
  ] as const) {
    for (const range of ranges.split(" ").filter(Boolean)) {
      const [network = "", prefix = ""] = range.split("/");
      list.addSubnet(network, Number(prefix), family);
    }
  }
  return list;
}
