import { FetchRefused } from "../net/fetch-refused.ts";
import { responseTo, type ScriptedAnswer } from "./network/answer.ts";
import { matcher, Scripts, type Script } from "./network/scripts.ts";
import { sentRequest, type SentBody, type SentRequest } from "./network/sent-request.ts";
import { TestClock } from "./test-clock.ts";
export type { ScriptedAnswer } from "./network/answer.ts";
export type { SentRequest } from "./network/sent-request.ts";

type Init = RequestInit & { timeout?: number; maxBytes?: number };
const mostHops = 5;

/** A network that answers only what a test wrote down; anything else fails the call, and the test at its end. */
export class TestNetwork {
  readonly #scripts = new Scripts();
  readonly #sent: SentRequest[] = [];
  readonly #clock: TestClock;
  #listeners: { matches: (request: string) => boolean; resolve: () => void }[] = [];
  /** Requests nobody expected; a test should end with none. */
  readonly unexpected: string[] = [];
  /** Unexpected requests still fail, but not the test. */
  isLenient = false;

  constructor(clock: TestClock = new TestClock("2026-05-01T12:00:00.000Z")) {
    this.#clock = clock;
  }

  /**
   * Answers a request (`GET https://lee.example/post`; `*` stands for anything) with what is given, every time, until it is said
   * anew. A list is answered in turn, its last one again and again.
   */
  on(request: string, answer: Script | readonly Script[]): void {
    this.#scripts.add(request, Array.isArray(answer) ? (answer as readonly Script[]) : [answer as Script]);
  }

  /** Answers the next such request only; before anything `on` says, and in the order they were said. */
  once(request: string, answer: Script): void {
    this.#scripts.addOnce(request, answer);
  }

  /** From now on such a request is unexpected again. */
  off(request: string): void {
    this.#scripts.forget(request);
  }

  /** Bodies of every such request, in order: forms as objects, JSON as its value, else text. */
  sent<T = SentBody>(request: string): T[] {
    return this.requestsTo(request).map((one) => one.content as T);
  }

  /** Every such request in order, with headers and bytes; `*` stands for anything. */
  requestsTo(request: string): readonly SentRequest[] {
    const matches = matcher(request);
    return this.#sent.filter((one) => matches(`${one.method} ${one.url}`));
  }

  /** All requests, in order. */
  get requests(): readonly SentRequest[] {
    return this.#sent;
  }

  /** Resolves when such a request arrives that has not yet: then the clock can be advanced over its delay. */
  arrival(request: string): Promise<void> {
    return new Promise((resolve) => this.#listeners.push({ matches: matcher(request), resolve }));
  }

  /** The fetch that plugins get: follows redirects as the real one does. */
  readonly fetch = async (url: string, init: Init = {}): Promise<Response> => {
    let [at, options]: [string, Init] = [url, init];
    for (let hops = 0; ; hops++) {
      const response = await this.#hop(at, options, hops > 0);
      const location = response.headers.get("location");
      if (options.redirect === "manual" || location === null || ![301, 302, 303, 307, 308].includes(response.status))
        return limited(response, init.maxBytes);
      if (options.redirect === "error" || hops === mostHops) throw new FetchRefused("redirects");
      at = new URL(location, at).href;
      if (response.status < 307 && !/^(GET|HEAD)$/i.test(options.method ?? "GET")) options = asGet(options);
    }
  };

  async #hop(url: string, init: Init, isRedirected: boolean): Promise<Response> {
    const sent = await sentRequest(new Request(url, init as RequestInit), url);
    const request = `${sent.method} ${url}`;
    this.#sent.push(sent);
    const script = this.#scripts.next(request);
    this.#tell(request);
    if (!script) {
      this.unexpected.push(request);
      throw new Error(`The test's network knows no answer to ${request}`);
    }
    const answer: ScriptedAnswer = typeof script === "function" ? await script(sent) : script;
    if (answer.delay) await this.#late(answer.delay, init);
    return responseTo(answer, url, isRedirected);
  }

  #tell(request: string): void {
    const told = this.#listeners.filter((one) => one.matches(request));
    this.#listeners = this.#listeners.filter((one) => !told.includes(one));
    for (const { resolve } of told) resolve();
  }

  // Whoever waits less than the answer takes gets the refusal of the real fetch, by the test's clock as well.
  async #late(delay: Temporal.DurationLike, { timeout, signal }: Init): Promise<void> {
    const wait = Temporal.Duration.from(delay).total("milliseconds");
    const isOver = timeout !== undefined && timeout < wait;
    const aborted = new Promise<never>((_resolve, reject) =>
      signal?.addEventListener("abort", () => reject(new FetchRefused("aborted", { cause: signal.reason })), { once: true }),
    );
    await Promise.race([this.#clock.reached(isOver ? timeout : wait), aborted]);
    if (isOver) throw new FetchRefused("timeout");
  }
}

function asGet({ body: _body, headers, ...rest }: Init): Init {
  const kept = new Headers(headers);
  kept.delete("content-type");
  kept.delete("content-length");
  return { ...rest, method: "GET", headers: kept };
}

async function limited(response: Response, maxBytes: number | undefined): Promise<Response> {
  if (maxBytes === undefined) return response;
  if ((await response.clone().arrayBuffer()).byteLength > maxBytes) throw new FetchRefused("too-large");
  return response;
}
