/** A request that the code under test sent. */
export type SentRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
/** What the scripted network answers. */
export type ScriptedAnswer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly html?: string;
  readonly json?: unknown;
  readonly text?: string;
};
type Script = ScriptedAnswer | ((request: SentRequest) => ScriptedAnswer | Promise<ScriptedAnswer>);

/** A network that answers only what a test wrote down; anything else fails the call and is remembered. */
export class TestNetwork {
  readonly #scripts = new Map<string, Script>();
  readonly #sent: SentRequest[] = [];
  /** Requests nobody expected; a test should end with none. */
  readonly unexpected: string[] = [];

  /** Answers `GET https://lee.example/post` with what is given, every time, until it is said anew. */
  on(request: string, answer: Script): void {
    this.#scripts.set(request, answer);
  }

  /** Every request of that method and address, in order, form bodies as objects. */
  sent(request: string): (Record<string, string> | string)[] {
    const matching = this.#sent.filter((one) => `${one.method} ${one.url}` === request);
    return matching.map((one) =>
      /urlencoded/.test(one.headers["content-type"] ?? "") ? Object.fromEntries(new URLSearchParams(one.body)) : one.body,
    );
  }

  /** All requests, in order. */
  get requests(): readonly SentRequest[] {
    return this.#sent;
  }

  /** The fetch that plugins get. */
  readonly fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const asked = new Request(url, init as RequestInit);
    const sent: SentRequest = { method: asked.method, url, headers: Object.fromEntries(asked.headers), body: await asked.text() };
    this.#sent.push(sent);
    const script = this.#scripts.get(`${sent.method} ${url}`);
    if (!script) {
      this.unexpected.push(`${sent.method} ${url}`);
      throw new Error(`The test's network knows no answer to ${sent.method} ${url}`);
    }
    const answer = typeof script === "function" ? await script(sent) : script;
    const type = answer.html !== undefined ? "text/html" : answer.json !== undefined ? "application/json" : "text/plain";
    const body = answer.html ?? (answer.json === undefined ? answer.text : JSON.stringify(answer.json)) ?? "";
    const status = answer.status ?? 200;
    const empty = status === 204 || status === 304;
    return new Response(empty ? null : body, {
      status,
      headers: { "content-type": `${type}; charset=utf-8`, ...answer.headers },
    });
  };
}
