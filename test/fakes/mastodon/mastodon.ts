import type { FakeReply, FakeRequest, FakeService } from "../fake-server.ts";
import { ForcedAnswers } from "../forced-answers.ts";
import type { Call, Route } from "./call.ts";
import { Holdings, type MastodonOptions } from "./holdings.ts";
import { instanceRoutes } from "./instance.ts";
import { mediaRoutes } from "./media.ts";
import { oauthRoutes } from "./oauth.ts";
import { RateLimits, tooMany } from "./rate.ts";
import { Refused } from "./refused.ts";
import { statusRoutes } from "./statuses.ts";

const usual: Required<MastodonOptions> = {
  url: "https://birds.example",
  text: 500,
  images: 4,
  perUrl: 23,
  descriptions: 1500,
  imageBytes: 16_777_216,
  processing: 0,
  accounts: ["kim", "lee"],
  isApproving: true,
  hasV2: true,
  requests: 300,
  now: () => new Date(),
};

const routes: readonly Route[] = [...oauthRoutes, ...instanceRoutes, ...mediaRoutes, ...statusRoutes];

/**
 * A server that speaks Mastodon's client API, as strict as the real one. What can be forced, once each: `429-reset`, `429-epoch`,
 * `429-seconds`, `429-date`, `429-bare`, `401`, `403-scope`, `403-suspended`, `500` to `504`, `html` (200, but no JSON), `huge`
 * (50 MB), `slow`, `cut` (nothing is done, no answer), `timeout-after-create` (done, but no answer), `held-create` (no answer, and done when it is released), `expire-token`,
 * `break-media`.
 */
export class FakeMastodon implements FakeService {
  readonly forced = new ForcedAnswers();
  readonly held: Holdings;
  /** Who is signed in at the service in the browser of whoever gives permission. */
  visitor: string;
  readonly #rules: Required<MastodonOptions>;
  readonly #rates: RateLimits;

  constructor(options: MastodonOptions = {}) {
    this.#rules = { ...usual, ...options };
    this.held = new Holdings(this.#rules.accounts);
    this.visitor = this.#rules.accounts[0]!;
    this.#rates = new RateLimits(this.#rules.now, this.#rules.requests);
  }

  /** Changes what the server allows, as its admin may from one day to the next. */
  change(rules: MastodonOptions): void {
    Object.assign(this.#rules, rules);
  }

  at(url: string): void {
    this.change({ url });
  }

  state(): unknown {
    const { apps, tokens, media, statuses, calls } = this.held;
    return { apps: apps.length, tokens, media, statuses, calls };
  }

  async answer(request: FakeRequest): Promise<FakeReply> {
    const { method, path } = request;
    const { headers, isOver } = this.#rates.count(request);
    const forced = this.forced.take(request);
    const reply = isOver ? tooMany("bare", this.#rules.now()) : await this.#forcedReply(request, forced);
    this.held.calls.push({ method, path, status: reply.status ?? 200 });
    // A forced refusal has its own spelling of when it ends.
    return { ...reply, headers: { ...(forced?.startsWith("429-") ? {} : headers), ...reply.headers } };
  }

  async #forcedReply(request: FakeRequest, forced: string | undefined): Promise<FakeReply> {
    if (forced === undefined) return this.#served(request);
    if (forced.startsWith("429-")) return tooMany(forced.slice(4), this.#rules.now());
    if (/^50[0-4]$/.test(forced))
      return { status: Number(forced), html: "<h1>This is not your fault, something went wrong.</h1>" };
    if (forced === "401") return { status: 401, json: { error: "The access token is invalid" } };
    if (forced === "403-scope") return { status: 403, json: { error: "This action is outside the authorized scopes" } };
    if (forced === "403-suspended") return { status: 403, json: { error: "Your login is currently disabled" } };
    if (forced === "html") return { html: "<h1>Birds</h1>" };
    if (forced === "huge") return { bytes: new Uint8Array(50_000_000).fill(32), headers: { "content-type": "application/json" } };
    if (forced === "cut") return { isCut: true };
    if (forced === "held-create") return (this.forced.hold(() => this.#served(request)), { isCut: true });
    if (forced === "expire-token") for (const token of this.held.tokens) token.isOver = true;
    const reply = await this.#served(request);
    if (forced === "slow") return { ...reply, delay: 1_500 };
    if (forced === "break-media") for (const one of this.held.media) one.isBroken = true;
    if (forced === "break-media" || forced === "expire-token") return reply;
    if (forced === "timeout-after-create") return { ...reply, isCut: true };
    throw new Error(`The fake Mastodon server does not know how to answer “${forced}”`);
  }

  async #served(request: FakeRequest): Promise<FakeReply> {
    try {
      const found = routeOf(request);
      if (!found) throw new Refused(404, "Not Found");
      const call: Call = { request, held: this.held, rules: this.#rules, params: found.params, visitor: this.visitor };
      return await found.route.run(call);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { status: error.status, json: { error: error.message, ...error.more } };
    }
  }
}

function routeOf({ method, path }: FakeRequest): { route: Route; params: Record<string, string> } | null {
  for (const route of routes) {
    const pattern = new RegExp(`^${route.path.replace(/:(\w+)/g, "(?<$1>[^/]+)").replaceAll(".", "\\.")}$`);
    const match = route.method === method ? pattern.exec(path) : null;
    if (match) return { route, params: { ...match.groups } };
  }
  return null;
}
