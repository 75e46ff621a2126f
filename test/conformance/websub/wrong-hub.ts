import { createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Ways for a blog and its hub to be wrong, each with the case that must see it, by how its name begins. */
export const wrongWays = {
  "forgets its hub on HEAD": "publisher: every feed",
  "names two selves": "publisher: every feed",
  "names its hub in headers only": "publisher: RSS",
  "names no self on its home page": "publisher: the home page",
  "tells without the feed's links": "hub 100",
  "tells what it likes": "hub 100",
  "refuses what it does not know": "hub 101",
  "keeps the old secret": "hub 102",
  "takes who comes twice for two": "hub 102",
  "keeps who leaves": "hub 103",
  "sends every feed as RSS": "hub 105",
  "signs with SHA-1": "hub 300",
  "signs without a secret": "hub 300",
  "drops the query when it asks": "hub: the callback",
  "drops the query when it tells": "hub: the callback",
  "asks nobody": "hub: a wrong challenge",
  "takes what begins right for a yes": "hub: a wrong challenge",
  "follows redirects": "hub: a wrong challenge",
  "looks at the body alone": "hub: a wrong challenge",
  "takes every request": "hub: wrong requests",
  "refuses without a word": "hub: wrong requests",
  "gives any lease": "hub: absurd leases",
  "gives leases without an end": "hub: absurd leases",
} as const;
type Way = keyof typeof wrongWays;
type Subscription = { readonly topic: string; readonly callback: string; readonly secret: string };

const types: Readonly<Record<string, string>> = {
  "/feed.xml": "application/rss+xml",
  "/atom.xml": "application/atom+xml",
  "/feed.json": "application/feed+json",
};

/** A blog of its own with feeds and a hub, in memory: right, or wrong in one way. Whoever asks or publishes is answered once all is told. */
export class HubDouble {
  #way: Way | null = null;
  #own = "";
  readonly #texts: string[] = [];
  readonly #subscriptions = new Map<string, Subscription>();

  static async start(t: { teardown(work: () => unknown): void }, way: Way | null): Promise<HubDouble> {
    const one = new HubDouble();
    const server = createServer((request, response) => void one.#answer(request, response)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    one.#way = way;
    one.#own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    t.teardown(() => (server.closeAllConnections(), server.close()));
    return one;
  }

  get page(): string {
    return `${this.#own}/`;
  }

  /** Says something new in all feeds, and tells everybody. */
  async publish(text: string): Promise<void> {
    this.#texts.unshift(text);
    for (const one of this.#subscriptions.values()) await this.#tell(one, text);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url!;
    if (request.method === "POST") {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const refusal = await this.#take(new URLSearchParams(Buffer.concat(pieces).toString()));
      return void response.writeHead(refusal === null ? 202 : 400).end(this.#way === "refuses without a word" ? "" : refusal);
    }
    const isHome = path === "/";
    const hub = this.#way === "forgets its hub on HEAD" && request.method === "HEAD" ? [] : [`<${this.#own}/hub>; rel="hub"`];
    const isNamed = !(isHome && this.#way === "names no self on its home page");
    const self = isNamed ? [`<${this.#own}${path}>; rel="self"`] : [];
    const other = this.#way === "names two selves" ? [`<${this.#own}/other>; rel="self"`] : [];
    response.setHeader("link", [...hub, ...self, ...other].join(", "));
    response.setHeader("content-type", types[path] ?? "text/html").end(isHome ? this.#home() : this.#feed(path));
  }

  #home(): string {
    const feeds = Object.entries(types).map(([path, type]) => `<link rel="alternate" type="${type}" href="${path}">`);
    return `${feeds.join("")}<link rel="hub" href="${this.#own}/hub"><link rel="self" href="${this.page}">`;
  }

  #feed(path: string): string {
    const [hub, self] = [`${this.#own}/hub`, this.#own + path];
    const isNamed = this.#way !== "names its hub in headers only";
    if (path === "/feed.json")
      return JSON.stringify({ feed_url: self, hubs: isNamed ? [{ type: "WebSub", url: hub }] : [], items: this.#texts });
    return `<atom:link rel="self" href="${self}"/>${isNamed ? `<atom:link rel="hub" href="${hub}"/>` : ""}${this.#texts.join("\n")}`;
  }

  // Gives why a request is refused; null for one that is taken.
  async #take(form: URLSearchParams): Promise<string | null> {
    const [mode, topic, callback, secret] = ["mode", "topic", "callback", "secret"].map((name) => form.get(`hub.${name}`) ?? "");
    const isSound =
      /^(un)?subscribe$/.test(mode!) && topic!.startsWith(this.#own) && URL.canParse(callback!) && secret!.length < 200;
    if (!isSound && this.#way !== "takes every request") return "This request is not one that a hub takes.";
    if (this.#way === "refuses what it does not know" && form.has("foo")) return "There is no such parameter.";
    const key = `${topic} ${callback}`;
    const isKept = this.#subscriptions.has(key);
    if (!(await this.#confirms(form, mode!, topic!, callback!))) return null;
    if (mode === "unsubscribe") {
      if (this.#way !== "keeps who leaves") this.#subscriptions.delete(key);
    } else if (!isKept || this.#way !== "keeps the old secret")
      this.#subscriptions.set(isKept && this.#way === "takes who comes twice for two" ? `${key} again` : key, {
        topic: topic!,
        callback: callback!,
        secret: secret!,
      });
    return null;
  }

  async #confirms(form: URLSearchParams, mode: string, topic: string, callback: string): Promise<boolean> {
    if (this.#way === "asks nobody" || !URL.canParse(callback)) return true;
    const challenge = randomBytes(16).toString("hex");
    const wanted = Number(form.get("hub.lease_seconds") ?? 864_000);
    const lease = this.#way === "gives any lease" ? wanted : Math.min(wanted, 2_592_000);
    const url = new URL(callback);
    if (this.#way === "drops the query when it asks") url.search = "";
    const asked = {
      mode,
      topic,
      challenge,
      ...(this.#way !== "gives leases without an end" && { lease_seconds: String(lease) }),
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.append(`hub.${name}`, value);
    const answer = await fetch(url, { redirect: this.#way === "follows redirects" ? "follow" : "manual" });
    const said = await answer.text();
    if (this.#way === "takes what begins right for a yes") return answer.ok && said.startsWith(challenge);
    return (answer.ok || this.#way === "looks at the body alone") && said === challenge;
  }

  async #tell({ topic, callback, secret }: Subscription, text: string): Promise<void> {
    const path = this.#way === "sends every feed as RSS" ? "/feed.xml" : new URL(topic).pathname;
    const body = this.#way === "tells what it likes" ? `News: ${text}` : this.#feed(path);
    const headers: Record<string, string> = { "content-type": types[path]! };
    if (this.#way !== "tells without the feed's links") headers.link = `<${this.#own}/hub>; rel="hub", <${topic}>; rel="self"`;
    const method = this.#way === "signs with SHA-1" ? "sha1" : "sha256";
    if (secret || this.#way === "signs without a secret")
      headers["x-hub-signature"] = `${method}=${createHmac(method, secret).update(body).digest("hex")}`;
    const to = new URL(callback);
    if (this.#way === "drops the query when it tells") to.search = "";
    await fetch(to, { method: "POST", headers, body, redirect: "manual" });
  }
}
