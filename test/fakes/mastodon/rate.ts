import type { FakeReply, FakeRequest } from "../fake-server.ts";

type Window = { readonly count: number; readonly endsAt: number };
type Rule = { readonly name: string; readonly limit: number; readonly seconds: number };

const rules: readonly (readonly [RegExp, Rule])[] = [
  [/^POST \/api\/v[12]\/media$/, { name: "media", limit: 30, seconds: 1800 }],
  [/^DELETE \/api\/v1\/statuses\//, { name: "deletes", limit: 30, seconds: 1800 }],
];

/** Counts requests of each token as the service does: so many (300) in 5 minutes, of media and of deletions 30 in 30 minutes. */
export class RateLimits {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => Date;

  readonly #usual: Rule;

  constructor(now: () => Date, requests: number) {
    this.#now = now;
    this.#usual = { name: "all", limit: requests, seconds: 300 };
  }

  /** Counts a request; its headers, and whether it is one too many. */
  count(request: FakeRequest): { readonly headers: Record<string, string>; readonly isOver: boolean } {
    const rule = rules.find(([pattern]) => pattern.test(`${request.method} ${request.path}`))?.[1] ?? this.#usual;
    const key = `${rule.name} ${request.headers.authorization ?? ""}`;
    const now = this.#now().getTime();
    const known = this.#windows.get(key);
    const before = known && known.endsAt > now ? known : { count: 0, endsAt: now + rule.seconds * 1000 };
    const window = { ...before, count: before.count + 1 };
    this.#windows.set(key, window);
    const headers = {
      "x-ratelimit-limit": String(rule.limit),
      "x-ratelimit-remaining": String(Math.max(0, rule.limit - window.count)),
      "x-ratelimit-reset": new Date(window.endsAt).toISOString(),
    };
    return { headers, isOver: window.count > rule.limit };
  }
}

/** One request too many, in the spellings servers of this kind use: `reset` (ISO), `epoch`, `seconds`, `date`, `bare`. Ten minutes. */
export function tooMany(spelling: string, now: Date): FakeReply {
  const end = new Date(now.getTime() + 600_000);
  const spellings: Readonly<Record<string, Record<string, string>>> = {
    reset: { "x-ratelimit-limit": "300", "x-ratelimit-remaining": "0", "x-ratelimit-reset": end.toISOString() },
    epoch: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil(end.getTime() / 1000)) },
    seconds: { "retry-after": "600" },
    date: { "retry-after": end.toUTCString() },
    bare: {},
  };
  return { status: 429, json: { error: "Too many requests" }, headers: spellings[spelling] ?? {} };
}
