import type { IncomingMessage } from "node:http";
import { bodyOf, type BodyLimits } from "./fetch-body.ts";
import { FetchBreaker } from "./fetch-breaker.ts";
import {
  type Destination,
  type DestinationRules,
  destinationOf,
  type Lookup,
  nameServerLookup,
  operatingSystemLookup,
} from "./fetch-destination.ts";
import { exchange, type ExchangeLimits } from "./fetch-exchange.ts";
import { isExpectedType, type Purpose, PURPOSES } from "./fetch-purpose.ts";
import { responseOf, streamOf, watchedBody } from "./fetch-response.ts";
import { FetchQueue, type QueueLimits } from "./fetch-queue.ts";
import { asRefusal, FetchRefused, refusalOf } from "./fetch-refused.ts";
import { nextHop, type Outgoing, outgoingFrom } from "./fetch-hop.ts";

export { FetchRefused } from "./fetch-refused.ts";
export type { Purpose } from "./fetch-purpose.ts";

/** One hop about to be sent, for a signature over it. */
export type SignedHop = {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
};

/**
 * What is asked for. `purpose` decides content types and limits (default "any"); `timeout` is for the whole, in milliseconds;
 * `maxBytes` counts after decompression; `sign` gives headers for every hop anew; `stream` hands the body on while it arrives;
 * `loopback: false` never asks this machine, whatever the settings open. `product` is added to the User-Agent, as `Webmention`.
 */
export type FetchInit = {
  method?: string;
  headers?: RequestInit["headers"];
  body?: RequestInit["body"];
  signal?: AbortSignal | null;
  redirect?: "follow" | "manual" | "error";
  purpose?: Purpose;
  timeout?: number;
  maxBytes?: number;
  sign?: (hop: SignedHop) => Promise<Record<string, string>> | Record<string, string>;
  stream?: boolean;
  loopback?: false;
  product?: string;
};

/** Limits that settings may change; times in milliseconds. */
export type FetchLimits = ExchangeLimits &
  Pick<BodyLimits, "maxRatio" | "bytesPerSecond" | "graceMs"> & { readonly redirects: number };

/** How the one way out is set up; `allow` and `lookup` are for tests, `assertOutsideTransaction` throws inside a write. */
export type GuardOptions = {
  userAgent: string;
  privateNetwork?: boolean;
  allow?: readonly string[];
  lookup?: Lookup;
  nameServers?: readonly string[];
  assertOutsideTransaction?: () => void;
  limits?: Partial<FetchLimits>;
  queue?: QueueLimits;
  now?: () => number;
};

/** The one way out: a fetch that only reaches the public web, within limits. */
export type GuardedFetch = (url: string, init?: FetchInit) => Promise<Response>;

const LIMITS: FetchLimits = {
  connectMs: 5_000,
  firstByteMs: 10_000,
  headerBytes: 32_768,
  maxRatio: 100,
  bytesPerSecond: 1_000,
  graceMs: 5_000,
  redirects: 5,
};

/** Gives the guarded fetch; it throws FetchRefused for every refusal and failure, and answers with a WHATWG Response otherwise. */
export function createGuardedFetch(options: GuardOptions): GuardedFetch {
  const guard = new Guard(options);
  return async (url, init = {}) => {
    options.assertOutsideTransaction?.();
    return guard.fetch(url, init);
  };
}

class Guard {
  readonly #userAgent: string;
  readonly #limits: FetchLimits;
  readonly #rules: DestinationRules;
  readonly #queue: FetchQueue;
  readonly #breaker: FetchBreaker;

  constructor({ userAgent, privateNetwork = false, allow = [], lookup, nameServers, limits, queue, now }: GuardOptions) {
    this.#userAgent = userAgent;
    this.#limits = { ...LIMITS, ...limits };
    const names = lookup ?? (privateNetwork && !nameServers ? operatingSystemLookup : nameServerLookup(nameServers));
    this.#rules = { privateNetwork, allow: new Set(allow), lookup: names };
    this.#queue = new FetchQueue(queue);
    this.#breaker = new FetchBreaker(now);
  }

  async fetch(address: string, init: FetchInit): Promise<Response> {
    const purpose = init.purpose ?? "any";
    const userAgent = /^[\w.-]{1,40}$/.test(init.product ?? "") ? `${this.#userAgent} ${init.product}` : this.#userAgent;
    let outgoing = await outgoingFrom(address, init, { userAgent, accept: PURPOSES[purpose].accept });
    const timer = new AbortController();
    const timeout = setTimeout(() => timer.abort(new FetchRefused("timeout")), init.timeout ?? PURPOSES[purpose].totalMs);
    const signal = init.signal ? AbortSignal.any([timer.signal, init.signal]) : timer.signal;
    const done = () => clearTimeout(timeout);
    try {
      for (let hops = 0; ; hops++) {
        const answer = await this.#hop(outgoing, init, signal, done);
        if (answer instanceof Response) return answer;
        if (hops === this.#limits.redirects) throw new FetchRefused("redirects");
        outgoing = answer;
      }
    } catch (error) {
      done();
      throw signal.aborted ? refusalOf(signal) : asRefusal(error);
    }
  }

  /** One request: gives the final answer, or the request that a redirect asks for. */
  async #hop(outgoing: Outgoing, init: FetchInit, signal: AbortSignal, done: () => void): Promise<Response | Outgoing> {
    const host = URL.parse(outgoing.url)?.hostname ?? "";
    this.#breaker.assertClosed(host);
    const run = async (): Promise<Response | Outgoing> => {
      const destination = await until(destinationOf(outgoing.url, this.#rules, { loopback: init.loopback ?? true }), signal);
      return this.#watched(host, async () => {
        const response = await this.#send(destination, outgoing, init, signal);
        const next = init.redirect === "manual" ? null : nextHop(outgoing, response.statusCode ?? 0, response.headers.location);
        if (!next) return this.#answer(response, outgoing, init, { signal, done });
        response.destroy();
        if (init.redirect === "error") throw new FetchRefused("redirects");
        return next;
      });
    };
    return this.#queue.run(host, run, signal);
  }

  async #watched<T>(host: string, task: () => Promise<T>): Promise<T> {
    try {
      const result = await task();
      this.#breaker.succeeded(host);
      return result;
    } catch (error) {
      if (error instanceof FetchRefused && (error.reason === "network" || error.reason === "timeout")) this.#breaker.failed(host);
      throw error;
    }
  }

  async #send(destination: Destination, outgoing: Outgoing, init: FetchInit, signal: AbortSignal): Promise<IncomingMessage> {
    const { method, body, url } = outgoing;
    const signed = await init.sign?.({ url, method, headers: outgoing.headers, body });
    const headers = { ...outgoing.headers, ...signed };
    return exchange(destination, { method, headers, body, signal, privateNetwork: this.#rules.privateNetwork }, this.#limits);
  }

  async #answer(
    message: IncomingMessage,
    outgoing: Outgoing,
    init: FetchInit,
    time: { signal: AbortSignal; done: () => void },
  ): Promise<Response> {
    const purpose = init.purpose ?? "any";
    const status = message.statusCode ?? 0;
    if (status < 200 || status > 599) throw destroyed(message, "network");
    const isOk = status < 300;
    const isEmpty = outgoing.method === "HEAD" || status === 204 || status === 205 || status === 304;
    const isExpected = isExpectedType(purpose, message.headers["content-type"] ?? null);
    if (isOk && !isEmpty && !isExpected) throw destroyed(message, "type");
    const limits: BodyLimits = { ...this.#limits, maxBytes: init.maxBytes ?? PURPOSES[purpose].maxBytes };
    // An error page of another kind says nothing we could read, so only its status is handed on.
    if (isEmpty || !isExpected) {
      message.destroy();
      time.done();
      return responseOf(null, message, outgoing);
    }
    const body = watchedBody(bodyOf(message, limits, time.signal), purpose === "media" && isOk, time.done);
    if (init.stream) return responseOf(streamOf(body), message, outgoing);
    const chunks = await Array.fromAsync(body);
    return responseOf(Buffer.concat(chunks), message, outgoing);
  }
}

function destroyed(message: IncomingMessage, reason: FetchRefused["reason"]): FetchRefused {
  message.destroy();
  return new FetchRefused(reason);
}

/** Looking up a name cannot be interrupted, but need not be waited for. */
function until<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  return Promise.race([promise, stopped]).finally(() => signal.removeEventListener("abort", stop));
}
