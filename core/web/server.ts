import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Server as Listener, type AddressInfo } from "node:net";
import Koa from "koa";
import { PublicError, sentenceOf } from "../errors.ts";
import { isStorageAway } from "../storage/storage-trouble.ts";
import type { Log, Scope } from "../hooks/scope.ts";
import type { Blog, Reply } from "../hooks/values.ts";
import type { Generation } from "../host/generation.ts";
import type { Route } from "../host/manifest.ts";
import { refusalReply, withCors } from "../host/route-replies.ts";
import type { RouteCall } from "../host/run-route.ts";
import { canonicalAddress } from "../render/routes.ts";
import { answerBlog, blogRouteOf, type BlogSiteParts } from "./blog-site.ts";
import { readBody } from "./body.ts";
import { CaddyAsk } from "./caddy-ask.ts";
import { readMultipart } from "./forms.ts";
import { domainProof } from "./domain-proof.ts";
import { asksForeign, foreignReply, type ForeignSite } from "./foreign-reply.ts";
import type { Freshness } from "./freshness.ts";
import { healthReply, type HealthParts } from "./health.ts";
import { addressOf, hostOf } from "./hosts.ts";
import { hubProblem, hubRouter, runScreen, type HubParts } from "./hub-site.ts";
import { RateLimit, limitKey } from "./limits.ts";
import { mainHostReply } from "./main-host.ts";
import { noSiteReply } from "./no-site.ts";
import { cachedPage, PageCache, sendPage } from "./page-cache.ts";
import { problemPage, troublePage } from "./problem-page.ts";
import { hubRouteOf, isRouteNearer, pluginHubReply } from "./plugin-hub-routes.ts";
import { bodyOf, headersOf, sendReply, type StreamReply } from "./reply.ts";
import type { ScreenSet } from "./screen.types.ts";
import type { Site, Sites } from "./sites.ts";

/** What the server is made of; the house puts it together. */
export type WebParts = {
  readonly hubUrl: string;
  readonly log: Log;
  readonly sites: Sites;
  readonly freshness: Freshness;
  readonly blogSite: BlogSiteParts;
  readonly foreign: ForeignSite;
  readonly hub: HubParts;
  readonly health: HealthParts;
  readonly screens: ScreenSet;
  readonly isTrustedProxy: (address: string) => boolean;
  current(): Generation;
  /** Moves when a theme's files changed. */
  themesRevision(): number;
  /** Which of a blog's pages a reader gets who sends this Cookie header, as one word. */
  variantOf(blog: Blog, cookie: string): string;
  /** How many bytes of pages are kept in memory; 0 keeps none. */
  readonly cacheBytes?: number;
  /** Milliseconds a client may take to send; tests shorten them. */
  readonly patience?: {
    readonly headersTimeout?: number;
    readonly requestTimeout?: number;
    readonly connectionsCheckingInterval?: number;
  };
  scope(wanted: { blog: Blog | null; address: string; requestId: string }): Scope;
};

/** Who asks, and the name a request has in the log. */
type Visit = { address: string; requestId: string };

const [writesPerMinute, appWritesPerMinute] = [60, 600] as const;

/** The web server: pages that are in memory leave before anything else is asked, a blog's addresses are answered here, the hub's by Koa. */
export class WebServer {
  readonly server: Server;
  readonly cache: PageCache;
  readonly #parts: WebParts;
  readonly #koa: (request: IncomingMessage, response: ServerResponse) => unknown;
  readonly #visits = new WeakMap<IncomingMessage, Visit>();
  readonly #hubHost: string;
  readonly #caddyAsk: CaddyAsk;
  readonly #hosts = new Map<string, string | null>();
  readonly #writes = new Map<number, RateLimit>();
  /** Browsers come by https only from now on; said only where the installation is reached so (security.md C4). */
  readonly #transport: Readonly<Record<string, string>>;
  #isDraining = false;

  constructor(parts: WebParts) {
    this.#parts = parts;
    this.#transport = parts.hubUrl.startsWith("https:") ? { "strict-transport-security": "max-age=31536000" } : {};
    this.cache = new PageCache(parts.cacheBytes);
    this.#hubHost = new URL(parts.hubUrl).hostname;
    this.#caddyAsk = new CaddyAsk(parts.sites, this.#hubHost);
    this.#koa = this.#app().callback();
    this.server = createServer(
      {
        headersTimeout: 20_000,
        requestTimeout: 60_000,
        connectionsCheckingInterval: 5_000,
        ...parts.patience,
        keepAliveTimeout: 5_000,
        maxHeaderSize: 16_384,
      },
      (request, response) => this.#answer(request, response),
    );
    this.server.maxHeadersCount = 100;
    // A malformed request gets its 400 from Node; a socket that breaks is nobody's error.
    this.server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
      if (error.code === "ECONNRESET" || !socket.writable) return;
      const status = clientErrors[error.code ?? ""] ?? "400 Bad Request";
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    });
  }

  /** Starts to listen; gives the port. A taken port is a PublicError with the remedy. */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Stops accepting, lets requests in flight finish (10 seconds at most), then closes. */
  async close(): Promise<void> {
    this.#isDraining = true;
    // The HTTP server's own close would cut idle connections at once, with the requests that are on their way in them.
    const closed = new Promise<void>((resolve) => Listener.prototype.close.call(this.server, () => resolve()));
    // Idle connections get a second: a request may already be on its way in them.
    const idle = setTimeout(() => this.server.closeIdleConnections(), 1_000);
    const force = setTimeout(() => this.server.closeAllConnections(), 10_000);
    await closed;
    clearTimeout(idle);
    clearTimeout(force);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.#isDraining) response.shouldKeepAlive = false;
    if (request.method === "GET" || request.method === "HEAD") {
      const host = this.#hostOf(request) ?? "";
      const site = this.#parts.sites.known(host);
      if (site?.blog.host === host && this.#parts.freshness.isFresh()) {
        // The look may have found a change, so the site is asked for again by the slow way when it is gone.
        const page = this.cache.get(this.#keyOf(site, request), this.#stampOf(site));
        if (page) return sendPage(request, response, page);
      }
    }
    this.#serve(request, response).catch((error: unknown) => {
      // Not even the page that tells of an error could be sent.
      this.#parts.log.error(`${request.method} ${request.url?.split("?")[0]}: ${sentenceOf(error)}`);
      response.destroy();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isHead = request.method === "HEAD";
    const state: Visit = {
      // Node draws these by the hundred; a random name costs a call to the system each.
      requestId: randomUUID(),
      address: addressOf(request.socket.remoteAddress, request.headers["x-forwarded-for"], this.#parts.isTrustedProxy),
    };
    // What is written to a reader who has gone is nobody's error.
    response.on("error", () => undefined);
    for (const name in this.#transport) response.setHeader(name, this.#transport[name]!);
    try {
      if (!/^\/[^\\\s]*$/.test(request.url ?? "") || request.url!.length > 4096)
        throw new PublicError("request.address", "This address cannot be read.", 400);
      const health = await healthReply(this.#parts.health, request, this.#isDraining);
      if (health) return await sendReply(response, health, isHead);
      const host = this.#hostOf(request);
      if (host === null) throw new PublicError("request.host", "The request names no host that can be read.", 400);
      if (!this.#parts.freshness.isFresh()) await this.#parts.freshness.look();
      const asked = await this.#caddyAsk.reply(host, request.url!, Date.now());
      if (asked) return await sendReply(response, asked, isHead);
      // The same on every host that is ours, before anybody is looked for in a cookie.
      if (asksForeign(request) && (host === this.#hubHost || (await this.#parts.sites.find(host))))
        return await sendReply(response, await foreignReply(this.#parts.foreign, request), isHead);
      if (host !== this.#hubHost) return await this.#blog(request, response, host, state);
      this.#visits.set(request, state);
      await this.#koa(request, response);
    } catch (error) {
      await this.#fail(request, response, state, error);
    }
  }

  // Koa is for the hub with its many screens; a blog's page would pay for it with a twentieth of its time.
  #app(): Koa<Visit> {
    const app = new Koa<Visit>();
    const hubRoutes = hubRouter(this.#parts.hub, this.#parts.screens).routes();
    app.silent = true;
    app.use(async (ctx) => {
      ctx.respond = false;
      Object.assign(ctx.state, this.#visits.get(ctx.req));
      try {
        await this.#hub(ctx as never, hubRoutes as never);
      } catch (error) {
        await this.#fail(ctx.req, ctx.res, ctx.state, error);
      }
    });
    return app;
  }

  async #hub(
    ctx: Koa.ParameterizedContext<Visit>,
    routes: (ctx: unknown, next: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    await routes(ctx, async () => {
      const late = this.#parts.screens.late?.find(ctx.method, ctx.path);
      const call = callOf(this.#parts.hub, ctx, {
        path: ctx.path,
        query: new URL(`http://hub${ctx.req.url}`).searchParams,
        origin: this.#parts.hubUrl,
      });
      const open = late ? Object.keys(late.params).length : 0;
      const isNearer = open > 0 && isRouteNearer(this.#parts.hub, call, open);
      if (late && !isNearer) return runScreen(this.#parts.hub, late.screen, ctx as never, late.params);
      const refusal = this.#limit(ctx.req, ctx.state.address, () => hubRouteOf(this.#parts.hub, call));
      if (refusal) return sendReply(ctx.res, refusal, false);
      const reply = await pluginHubReply(this.#parts.hub, ctx.req, call, ctx.state);
      if (reply) return sendReply(ctx.res, reply, ctx.method === "HEAD");
      const missing = new PublicError("request.no-page", "There is no such page here.", 404);
      await hubProblem(this.#parts.hub, this.#parts.screens, ctx as never, missing);
    });
  }

  async #blog(request: IncomingMessage, response: ServerResponse, host: string, state: Visit): Promise<void> {
    const site = await this.#parts.sites.find(host);
    const isHead = request.method === "HEAD";
    if (!site)
      return sendReply(
        response,
        noSiteReply(readerOf(request), host, this.#parts.hubUrl, this.#parts.sites.whyGone(host)),
        isHead,
      );
    const proof = await domainProof(this.#parts.health.storage, host, request.url!);
    if (proof) return sendReply(response, proof, isHead);
    const elsewhere = mainHostReply(site.blog, host, request);
    if (elsewhere) return sendReply(response, elsewhere, isHead);
    const stamp = this.#stampOf(site);
    const url = new URL(`http://blog${request.url}`);
    const scope = this.#parts.scope({ blog: site.blog, ...state });
    const refusal = this.#limit(request, state.address, () => blogRouteOf(scope, request.method!, url.pathname));
    if (refusal) return sendReply(response, refusal, false);
    const call = {
      ...callOf(
        this.#parts.hub,
        { req: request, res: response },
        { path: url.pathname, query: url.searchParams, origin: site.blog.url },
      ),
      range: request.headers.range,
    };
    const reply = await answerBlog(scope, this.#parts.blogSite, call);
    const failure = (scope.taps as Generation).failureIn(scope);
    // Without what plugins would have read from the database it would be another page; a page missing a plugin that failed is
    // shown, but not kept.
    if (isStorageAway(failure) && request.method !== "POST") throw failure;
    if (isKept(request, reply) && failure === undefined) {
      const { body, type } = bodyOf(reply as Reply);
      const headers = { ...(type ? { "content-type": type } : {}), ...headersOf(reply), ...this.#transport };
      const page = cachedPage(stamp, body, headers);
      // A route may answer HEAD with nothing: that is no page for those who GET it.
      if (!isHead && isCacheKey(url, request.url!)) this.cache.keep(this.#keyOf(site, request), page);
      return sendPage(request, response, page);
    }
    return sendReply(response, reply, isHead);
  }

  // Null lets it go on; else what the app is told, and a page of it for a person is thrown.
  #limit({ headers, method }: IncomingMessage, address: string, find: () => Route | undefined): Reply | null {
    if (!isWrite(method!)) return null;
    const route = find();
    // Apps with a key send files in many parts; what a key may do is counted by the plugin that knows it.
    const usual = headers.authorization === undefined ? writesPerMinute : appWritesPerMinute;
    const perMinute = Math.max(usual, route?.perMinute ?? 0);
    const limit = this.#writes.get(perMinute) ?? new RateLimit({ perMinute, burst: perMinute });
    this.#writes.set(perMinute, limit);
    const wait = limit.take(limitKey(address), Date.now());
    if (wait === 0) return null;
    const refusal = new PublicError("request.too-many", `Too many requests; try again in ${wait} seconds.`, 429, { wait });
    if (route?.errors !== "json") throw refusal;
    return withCors(route, refusalReply(route, refusal));
  }

  async #fail(request: IncomingMessage, response: ServerResponse, state: { requestId: string }, error: unknown): Promise<void> {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const isHead = request.method === "HEAD";
    if (error instanceof PublicError) {
      const isOnHub = this.#hostOf(request) === this.#hubHost;
      return sendReply(response, problemPage(readerOf(request), error, isOnHub), isHead);
    }
    if (!isStorageAway(error) && isReaderGone(error)) {
      response.destroy();
      return;
    }
    this.#parts.log.error(`${request.method} ${request.url?.split("?")[0]}: ${sentenceOf(error)}`, {
      request: state.requestId,
      stack: error instanceof Error ? error.stack : undefined,
    });
    const status = isStorageAway(error) ? 503 : 500;
    return sendReply(response, troublePage(readerOf(request), status, state.requestId), isHead);
  }

  #hostOf(request: IncomingMessage): string | null {
    if (countHosts(request.rawHeaders) > 1) return null;
    const header = request.headers.host ?? "";
    let host = this.#hosts.get(header);
    if (host === undefined) {
      host = hostOf(header);
      if (header.length > 300) return host; // anybody can send long ones without end
      if (this.#hosts.size > 5000) this.#hosts.clear();
      this.#hosts.set(header, host);
    }
    return host;
  }

  // Nearly nobody sends a blog a cookie; those who chose a colour scheme there have pages of their own.
  #keyOf(site: Site, { url, headers }: IncomingMessage): string {
    const { cookie } = headers;
    const variant = cookie?.includes("scheme=") ? this.#parts.variantOf(site.blog, cookie) : "auto";
    return variant === "auto" ? site.blog.id + url! : `${site.blog.id}${url!} ${variant}`;
  }

  #stampOf(site: Site): string {
    return `${site.version}.${this.#parts.current().number}.${this.#parts.themesRevision()}`;
  }
}

const clientErrors: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

// Only addresses that the site itself makes are worth memory; others are answered, but anybody can invent them without end.
const isCacheKey = (url: URL, asked: string): boolean =>
  asked.length < 500 && (url.search === "" || canonicalAddress(url.pathname, url.searchParams) === asked);

// Node keeps the first of several; a proxy in front may believe another one.
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]!.length === 4 && rawHeaders[at]!.toLowerCase() === "host") count++;
  return count;
}

function isKept(request: IncomingMessage, reply: Reply | StreamReply): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if ("stream" in reply || (reply.status ?? 200) !== 200 || reply.redirect !== undefined) return false;
  return reply.cache === true || (reply as { isCacheable?: boolean }).isCacheable === true;
}

function callOf(
  { uploadFolder }: Pick<HubParts, "uploadFolder">,
  { req, res }: { req: IncomingMessage; res: ServerResponse },
  asked: { path: string; query: URLSearchParams; origin: string },
): RouteCall {
  return {
    method: req.method!,
    path: asked.path,
    query: asked.query,
    url: new URL(asked.origin).origin + req.url!,
    headers: req.headers as Record<string, string>,
    accountId: null,
    body: (limit) => readBody(req, limit),
    multipart: (limits) => readMultipart(req, res, uploadFolder, limits),
  };
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === "EADDRINUSE")
    return new PublicError(
      "start.port-taken",
      `Port ${port} on ${host} is taken by another program. Stop that one, or choose another port, for example ROOKERY_PORT=${port + 1}.`,
    );
  if (error.code === "EACCES")
    return new PublicError(
      "start.port-denied",
      `Port ${port} may not be used by this user. Choose one above 1024, for example ROOKERY_PORT=8080.`,
    );
  if (error.code === "EADDRNOTAVAIL")
    return new PublicError(
      "start.host",
      `This machine has no address ${host}. Set ROOKERY_HOST to one it has, for example 127.0.0.1.`,
    );
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN")
    return new PublicError(
      "start.host",
      `No address is known for ROOKERY_HOST=${host}. Set one of this machine, for example 127.0.0.1.`,
    );
  return error;
}

const isWrite = (method: string): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);

const readerOf = (request: IncomingMessage) => ({ acceptLanguage: request.headers["accept-language"] });

const isReaderGone = (error: unknown): boolean =>
  ["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE", "ABORT_ERR"].includes(String((error as { code?: string })?.code));
