import { Resolver } from "node:dns/promises";

/** What name servers say of a domain; nothing found is an empty list. Throws `NameServersSilent` when none answers in time. */
export type DomainRecords = {
  /** Its addresses, IPv4 and IPv6, whatever aliases lead there. */
  addresses(host: string): Promise<readonly string[]>;
  /** What its CNAME record names. */
  aliases(host: string): Promise<readonly string[]>;
  /** Its TXT records, each put together. */
  texts(host: string): Promise<readonly string[]>;
};

/** No name server gave an answer, so nothing is known. */
export class NameServersSilent extends Error {
  constructor(host: string, options?: ErrorOptions) {
    super(`The name servers do not answer for ${host}.`, options);
    this.name = "NameServersSilent";
  }
}

const nothing = new Set(["ENOTFOUND", "ENODATA", "NOTFOUND", "NODATA"]);
const most = 50;

/** Asks name servers: those given (`address:port`), else the machine's own. Each question has a few seconds. */
export function domainRecords(nameServers?: readonly string[]): DomainRecords {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (nameServers) resolver.setServers([...nameServers]);
  return {
    async addresses(host) {
      if (/(^|\.)localhost$/.test(host)) return ["127.0.0.1", "::1"]; // never leaves the machine (RFC 6761)
      const [four, six] = await Promise.all([
        answer(host, () => resolver.resolve4(host)),
        answer(host, () => resolver.resolve6(host)),
      ]);
      return [...four, ...six];
    },
    aliases: async (host) => (await answer(host, () => resolver.resolveCname(host))).map((name) => name.toLowerCase()),
    texts: async (host) => (await answer(host, () => resolver.resolveTxt(host))).map((pieces) => pieces.join("").slice(0, 500)),
  };
}

async function answer<T>(host: string, ask: () => Promise<T[]>): Promise<readonly T[]> {
  try {
    return (await ask()).slice(0, most);
  } catch (cause) {
    if (nothing.has(String((cause as { code?: unknown }).code))) return [];
    throw new NameServersSilent(host, { cause });
  }
}
