import { isIP } from "node:net";
import { NameServersSilent, type DomainRecords } from "../../net/domain-records.ts";
import { FetchRefused } from "../../net/fetch-refused.ts";
import { defaultHost, type Hub } from "../blog.ts";
import type { BlogHost } from "../hosts.ts";

/** What the name servers and the web server of a domain should say so that it leads here. */
export type DomainWish = {
  /** The installation's own addresses; empty when its name leads nowhere. */
  readonly addresses: readonly string[];
  /** What a CNAME record may name instead. */
  readonly alias: string;
  readonly textName: string;
  readonly text: string;
  /** Where a file with the token proves the same, on the server that the domain leads to now. */
  readonly fileUrl: string;
};

/** What they say. `isProven`: whoever asks holds the domain. `leadsHere`: readers who type it come here. */
export type DomainFinding = {
  readonly isProven: boolean;
  readonly leadsHere: boolean;
  readonly addresses: readonly string[];
  readonly aliases: readonly string[];
  readonly texts: readonly string[];
  readonly hasFile: boolean;
  /** The name servers did not answer: nothing of this says anything. */
  readonly isSilent: boolean;
};

/** What looking needs: name servers, the guarded fetch and where this installation is. */
export type LookParts = {
  readonly records: DomainRecords;
  readonly hub: Hub;
  fetch(url: string, init: { timeout: number; maxBytes: number }): Promise<Response>;
};

/** Where the token of a host is served or looked for. */
export const proofPath = "/.well-known/rookery-verification/";

/** The addresses that the installation's own name leads to; empty when it leads nowhere, or nobody says. */
export async function ownAddresses({ records, hub }: Pick<LookParts, "records" | "hub">): Promise<readonly string[]> {
  const name = new URL(hub.url).hostname.replace(/^\[|\]$/g, "");
  return isIP(name) ? [name] : records.addresses(name).catch(ifSilent);
}

/** What should be found for a domain. */
export function wishFor(host: Pick<BlogHost, "host" | "token">, hub: Hub, addresses: readonly string[]): DomainWish {
  return {
    addresses,
    alias: new URL(hub.url).hostname,
    textName: `_rookery.${host.host}`,
    text: host.token,
    fileUrl: `http://${host.host}${proofPath}${host.token}`,
  };
}

/** Looks a domain up. Waits for the network, so never inside a transaction; silence is a finding, not an error. */
export async function lookAtDomain(parts: LookParts, host: BlogHost): Promise<DomainFinding> {
  let isSilent = false;
  const asked = (answer: Promise<readonly string[]>) =>
    answer.catch((error: unknown) => {
      isSilent = true;
      return ifSilent(error);
    });
  const { records } = parts;
  const [own, addresses, aliases, texts, hasFile] = await Promise.all([
    ownAddresses(parts),
    asked(records.addresses(host.host)),
    asked(records.aliases(host.host)),
    asked(records.texts(`_rookery.${host.host}`)),
    hasToken(parts, host),
  ]);
  const isProven = texts.includes(host.token) || (host.state === "pending" && hasFile);
  const ours = new Set(own.map(plainAddress));
  const { alias } = wishFor(host, parts.hub, own);
  const isAlias = aliases.some((name) => name === alias || name.endsWith(`.${alias}`));
  // One address that is not ours takes some readers elsewhere: a forgotten AAAA record is the usual one.
  const isOurs = addresses.length > 0 && addresses.every((address) => ours.has(plainAddress(address)));
  // Behind a proxy the addresses are the proxy's; then the token, which a verified host serves, tells who answers.
  const leadsHere = isOurs || isAlias || (host.state === "active" && hasFile);
  return { isProven, leadsHere, addresses, aliases, texts: texts.slice(0, 10), hasFile, isSilent };
}

/** The name that a blog had from the beginning, under the installation's own. */
export function isOwnName(host: string, hub: Hub): boolean {
  return host.endsWith(defaultHost("", hub));
}

// Only an answer of the host itself counts: whoever can have it redirect does not hold it.
async function hasToken(parts: LookParts, host: BlogHost): Promise<boolean> {
  try {
    const answer = await parts.fetch(`http://${host.host}${proofPath}${host.token}`, { timeout: 8_000, maxBytes: 1_000 });
    const isItself = answer.url === "" || new URL(answer.url).hostname === host.host;
    return answer.ok && isItself && (await answer.text()).trim() === host.token;
  } catch (error) {
    if (error instanceof FetchRefused) return false;
    throw error;
  }
}

function ifSilent(error: unknown): readonly string[] {
  if (error instanceof NameServersSilent) return [];
  throw error;
}

const plainAddress = (address: string): string => {
  const url = isIP(address) === 6 ? URL.parse(`http://[${address}]/`) : null;
  return url?.hostname ?? address;
};
