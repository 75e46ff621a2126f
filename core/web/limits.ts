import { isIPv6 } from "node:net";

/** A bucket of tokens per key that fills by time: `burst` at once, `perMinute` steadily. In memory, bounded. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(options: { perMinute: number; burst: number }) {
    this.#perMinute = options.perMinute;
    this.#burst = options.burst;
  }

  /** Takes one token. Gives 0 when it may go on, else the seconds to wait. */
  take(key: string, now: number): number {
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, at: now };
    bucket.tokens = Math.min(this.#burst, bucket.tokens + ((now - bucket.at) / 60_000) * this.#perMinute);
    bucket.at = now;
    this.#buckets.delete(key);
    if (this.#buckets.size >= 10_000) this.#buckets.delete(this.#buckets.keys().next().value!);
    this.#buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / this.#perMinute) * 60);
    bucket.tokens -= 1;
    return 0;
  }
}

/** What an address counts as: IPv6 by its /64, for one customer has all of it. */
export function limitKey(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const full = tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - rest.length).fill("0"), ...rest];
  return full.slice(0, 4).join(":");
}
