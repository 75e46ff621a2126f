import { NameServersSilent, type DomainRecords } from "../../net/domain-records.ts";

/** What a test's name servers say, by host; `silent` ones do not answer. Changed by the test as it goes on. */
export type FakeZone = {
  readonly addresses: Record<string, readonly string[]>;
  readonly aliases: Record<string, readonly string[]>;
  readonly texts: Record<string, readonly string[]>;
  readonly silent: Set<string>;
};

/** Name servers of a test, in memory. */
export function fakeRecords(): { zone: FakeZone; records: DomainRecords } {
  const zone: FakeZone = { addresses: {}, aliases: {}, texts: {}, silent: new Set() };
  const ask = (kind: "addresses" | "aliases" | "texts") => async (host: string) => {
    if (zone.silent.has(host)) throw new NameServersSilent(host);
    return zone[kind][host] ?? [];
  };
  return { zone, records: { addresses: ask("addresses"), aliases: ask("aliases"), texts: ask("texts") } };
}

/** A web of a test: bodies by address; any other address answers 404. */
export function fakeWeb(): { bodies: Map<string, string>; asked: string[]; fetch(url: string): Promise<Response> } {
  const bodies = new Map<string, string>();
  const asked: string[] = [];
  const fetch = async (url: string) => {
    asked.push(url);
    const body = bodies.get(url);
    return body === undefined ? new Response("", { status: 404 }) : new Response(body);
  };
  return { bodies, asked, fetch };
}
