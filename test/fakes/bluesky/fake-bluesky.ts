import type { FakeReply, FakeRequest, FakeService } from "../fake-server.ts";
import { ForcedAnswers } from "../forced-answers.ts";
import { didDocument, type FakeAccount } from "./accounts.ts";
import { Fault, invalid } from "./fault.ts";
import { procedures, type Parts } from "./procedures.ts";
import { Quota } from "./quota.ts";
import { Repository, type StoredRecord } from "./repository.ts";
import { Sessions } from "./sessions.ts";

/** How a fake is made. */
export type FakeOptions = {
  /** Where accounts' documents say that the server is; without one, wherever it was asked. */
  readonly origin?: string;
  readonly now?: () => Date;
  /** Handles of accounts that are there from the start. */
  readonly accounts?: readonly string[];
  /** Largest upload, and largest picture in a post; servers differ. */
  readonly uploadBytes?: number;
  readonly imageBytes?: number;
};

/**
 * A server of Bluesky's protocol with its directory of accounts: strict, in memory. Forced answers: `429` or `429:60` (seconds until
 * the reset), a status of 500 or more, `timeout`, `timeout-after-create` and `held-create` (no answer, and done when it is released; both wait for the next create), `expire-token`,
 * `expire-session` (refresh tokens too), `refused` (400), `slow`.
 */
export class FakeBluesky implements FakeService {
  readonly forced = new ForcedAnswers();
  readonly calls: { readonly method: string; readonly status: number }[] = [];
  readonly #origin: string | undefined;
  readonly #accounts = new Map<string, FakeAccount>();
  readonly #repository: Repository;
  readonly #sessions: Sessions;
  readonly #writes = new Quota({ points: 5_000, seconds: 3_600 }, { points: 35_000, seconds: 86_400 });
  readonly #now: () => Date;

  constructor(options: FakeOptions = {}) {
    const { origin, now = () => new Date(), accounts = [], uploadBytes = 2_000_000, imageBytes = 1_000_000 } = options;
    this.#origin = origin;
    this.#now = now;
    this.#sessions = new Sessions(now);
    this.#repository = new Repository({ uploadBytes, imageBytes });
    for (const handle of accounts) this.addAccount({ handle });
  }

  /** An account with the password “seven herons in the reeds” and the app password abcd-efgh-ijkl-mnop, unless told otherwise. */
  addAccount(account: Pick<FakeAccount, "handle"> & Partial<FakeAccount>): FakeAccount {
    const name = account.handle.replace(/[^a-z2-7]/g, "").padEnd(24, "a");
    const usual = { password: "seven herons in the reeds", appPasswords: ["abcd-efgh-ijkl-mnop"], hasSecondFactor: false };
    const whole = { did: `did:plc:${name.slice(0, 24)}`, ...usual, ...account };
    this.#accounts.set(whole.did, whole);
    return whole;
  }

  /** Takes an account's app passwords away, and ends all sessions. */
  revoke(handle: string): void {
    const account = this.#account(handle)!;
    this.#accounts.set(account.did, { ...account, appPasswords: [] });
    this.#sessions.expire("all");
  }

  /** Posts as they are stored, oldest first. */
  get posts(): readonly StoredRecord[] {
    return [...this.#repository.records.values()];
  }

  get blobs() {
    return [...this.#repository.blobs.values()];
  }

  /** How often a method was called, by the end of its name. */
  called(method: string): number {
    return this.calls.filter((one) => one.method.endsWith(method)).length;
  }

  state(): unknown {
    return {
      accounts: [...this.#accounts.values()].map(({ handle }) => handle),
      posts: this.posts,
      blobs: this.blobs,
      calls: this.calls,
    };
  }

  answer(request: FakeRequest): FakeReply {
    if (!request.path.startsWith("/xrpc/")) return this.#identity(request);
    const method = request.path.slice("/xrpc/".length);
    const reply = this.#answered(method, request);
    this.calls.push({ method, status: reply.status ?? 200 });
    return reply;
  }

  #account = (name: string): FakeAccount | undefined =>
    [...this.#accounts.values()].find(({ did, handle }) => did === name || handle === name);

  #originFor = ({ headers }: FakeRequest): string => this.#origin ?? `http://${headers.host}`;

  // The directory of did:plc, did:web, and handles that say themselves whose they are.
  #identity(request: FakeRequest): FakeReply {
    const host = request.headers.host ?? "";
    const named = this.#account(request.path.slice(1));
    if (named) return { json: didDocument(named, this.#originFor(request)) };
    const own = this.#account(host);
    if (request.path === "/.well-known/atproto-did" && own)
      return { bytes: new TextEncoder().encode(own.did), headers: { "content-type": "text/plain" } };
    const web = this.#account(`did:web:${encodeURIComponent(host)}`);
    if (request.path === "/.well-known/did.json" && web) return { json: didDocument(web, this.#originFor(request)) };
    return { status: 404, html: "<p>Not found</p>" };
  }

  #answered(method: string, request: FakeRequest): FakeReply {
    const forced = this.#forcedFor(method, request);
    const [word = "", seconds = "300"] = forced?.split(":") ?? [];
    if (word === "expire-token") this.#sessions.expire();
    if (word === "expire-session") this.#sessions.expire("all");
    if (word === "timeout") return { status: 504, isCut: true };
    if (word === "429") return refusal(limited(Number(seconds), this.#now()));
    if (Number(word) >= 500) return { status: Number(word), json: { error: "UpstreamFailure", message: "Upstream Failure" } };
    if (word === "refused") return refusal(invalid("Invalid app.bsky.feed.post record: it is not wanted"));
    if (word === "held-create") return (this.forced.hold(() => this.#run(method, request)), { isCut: true });
    const reply = this.#run(method, request);
    if (word === "timeout-after-create") return { ...reply, isCut: true };
    return word === "slow" ? { ...reply, delay: 2_000 } : reply;
  }

  // A create that is to be lost waits for a create.
  #forcedFor(method: string, request: FakeRequest): string | undefined {
    const isOfCreates = ["timeout-after-create", "held-create"].includes(this.forced.waiting[0]!);
    const isWaiting = isOfCreates && !method.endsWith(".createRecord");
    return isWaiting ? undefined : this.forced.take(request);
  }

  #run(method: string, request: FakeRequest): FakeReply {
    const parts: Parts = {
      sessions: this.#sessions,
      repository: this.#repository,
      writes: this.#writes,
      origin: this.#originFor(request),
      now: this.#now,
      account: this.#account,
    };
    try {
      const procedure = procedures[method];
      if (!procedure) throw new Fault(501, "MethodNotImplemented", "Method Not Implemented");
      if (procedure.method !== request.method)
        throw invalid(`Incorrect HTTP method (${request.method}) expected ${procedure.method}`);
      const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
      const { body, headers } = procedure.run(parts, { ...request, token });
      return { json: body, ...(headers && { headers }) };
    } catch (error) {
      if (error instanceof Fault) return refusal(error);
      throw error;
    }
  }
}

function limited(seconds: number, now: Date): Fault {
  const headers = {
    "ratelimit-limit": "5000",
    "ratelimit-remaining": "0",
    "ratelimit-reset": String(Math.ceil(now.getTime() / 1000) + seconds),
    "ratelimit-policy": "5000;w=3600",
  };
  return new Fault(429, "RateLimitExceeded", "Rate Limit Exceeded", headers);
}

function refusal({ status, error, message, headers }: Fault): FakeReply {
  return { status, json: { error, message }, headers };
}
