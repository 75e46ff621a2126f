import { Agent as HttpAgent, type IncomingMessage, request as httpRequest, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { LookupFunction, Socket } from "node:net";
import { isAllowedAddress } from "./address.ts";
import type { Destination } from "./fetch-destination.ts";
import { asRefusal, FetchRefused, refusalOf } from "./fetch-refused.ts";

/** Milliseconds until a connection stands, until the answer begins, and bytes of its headers. */
export type ExchangeLimits = { readonly connectMs: number; readonly firstByteMs: number; readonly headerBytes: number };

/** What is sent in one hop. */
export type HopRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  readonly signal: AbortSignal;
  readonly privateNetwork: boolean;
};

// Connections are not kept: every request goes to an address that was checked for it.
const agents = { "http:": new HttpAgent({ keepAlive: false }), "https:": new HttpsAgent({ keepAlive: false }) };

/** Sends one request to a checked destination and gives the answer's head; the body is still to be read. Throws FetchRefused. */
export async function exchange(destination: Destination, hop: HopRequest, limits: ExchangeLimits): Promise<IncomingMessage> {
  const isSecure = destination.url.protocol === "https:";
  const options = requestOptions(destination, hop, limits);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = isSecure
    ? httpsRequest({ ...options, agent: agents["https:"] })
    : httpRequest({ ...options, agent: agents["http:"] });
  let timer = setTimeout(() => request.destroy(new FetchRefused("timeout")), limits.connectMs);
  request.on("socket", (socket) => {
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      clearTimeout(timer);
      if (!isCheckedPeer(socket, destination, hop)) return request.destroy(new FetchRefused("address"));
      timer = setTimeout(() => request.destroy(new FetchRefused("timeout")), limits.firstByteMs);
    });
  });
  request.on("response", (response) => {
    // Without a listener an error after the head would end the process; the reader of the body gets it too.
    response.on("error", () => clearTimeout(timer));
    resolve(response);
  });
  request.on("error", (error) => reject(hop.signal.aborted ? refusalOf(hop.signal) : asRefusal(error)));
  request.end(hop.body);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

function requestOptions({ url, addresses }: Destination, hop: HopRequest, limits: ExchangeLimits): RequestOptions {
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  return {
    protocol: url.protocol,
    host: hostname,
    port: url.port || (url.protocol === "https:" ? 443 : 80),
    path: url.pathname + url.search,
    method: hop.method,
    headers: { ...hop.headers, host: url.host, connection: "close" },
    lookup: pinned(addresses),
    maxHeaderSize: limits.headerBytes,
    signal: hop.signal,
    insecureHTTPParser: false,
  };
}

/** The name was resolved and checked before; asking again could give another answer. */
function pinned(addresses: Destination["addresses"]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}

function isCheckedPeer(socket: Socket, { addresses, isAllowListed }: Destination, { privateNetwork }: HopRequest): boolean {
  const peer = socket.remoteAddress;
  if (peer === undefined) return false;
  return isAllowListed ? addresses.some(({ address }) => address === peer) : isAllowedAddress(peer, privateNetwork);
}
