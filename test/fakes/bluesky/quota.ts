import { Fault } from "./fault.ts";

type Window = { start: number; used: number };

/** Counts points per key in windows, as the service does: headers with every answer, 429 when they are used up. */
export class Quota {
  readonly #rules: readonly { readonly points: number; readonly seconds: number }[];
  readonly #windows = new Map<string, Window>();

  constructor(...rules: readonly { points: number; seconds: number }[]) {
    this.#rules = rules;
  }

  /** Takes points; gives the `ratelimit-*` headers of the window that is nearest to its end. Throws the 429. */
  take(key: string, points: number, now: Date): Record<string, string> {
    let tightest: { left: number; headers: Record<string, string> } | null = null;
    for (const rule of this.#rules) {
      const window = this.#windowOf(`${key} ${rule.seconds}`, rule.seconds, now);
      window.used += points;
      const left = rule.points - window.used;
      const headers = {
        "ratelimit-limit": String(rule.points),
        "ratelimit-remaining": String(Math.max(left, 0)),
        "ratelimit-reset": String(Math.ceil(window.start / 1000) + rule.seconds),
        "ratelimit-policy": `${rule.points};w=${rule.seconds}`,
      };
      if (left < 0) throw new Fault(429, "RateLimitExceeded", "Rate Limit Exceeded", headers);
      if (!tightest || left < tightest.left) tightest = { left, headers };
    }
    return tightest!.headers;
  }

  #windowOf(key: string, seconds: number, now: Date): Window {
    const found = this.#windows.get(key);
    if (found && now.getTime() < found.start + seconds * 1000) return found;
    const fresh = { start: now.getTime(), used: 0 };
    this.#windows.set(key, fresh);
    return fresh;
  }
}
