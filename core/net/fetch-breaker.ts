import { FetchRefused } from "./fetch-refused.ts";

type Trouble = { failures: number; openUntil: number };

const TOLERATED = 5;
const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;
const MOST_HOSTS = 10_000;

/** Stops asking a host that failed five times in a row: for a minute, then twice as long each time up to an hour. One success forgets it all. */
export class FetchBreaker {
  readonly #hosts = new Map<string, Trouble>();
  readonly #now: () => number;

  /** `now` gives monotonic milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Throws FetchRefused "busy" while the host is left alone. */
  assertClosed(host: string): void {
    const trouble = this.#hosts.get(host);
    if (trouble && trouble.openUntil > this.#now()) throw new FetchRefused("busy");
  }

  /** The host answered. */
  succeeded(host: string): void {
    this.#hosts.delete(host);
  }

  /** The host could not be reached or did not finish its answer. */
  failed(host: string): void {
    const failures = (this.#hosts.get(host)?.failures ?? 0) + 1;
    const pause = failures < TOLERATED ? 0 : Math.min(FIRST_PAUSE * 2 ** (failures - TOLERATED), LONGEST_PAUSE);
    this.#hosts.delete(host);
    this.#hosts.set(host, { failures, openUntil: this.#now() + pause });
    // A map keeps the order of writing, so the first entry is the one that failed longest ago.
    const oldest = this.#hosts.keys().next();
    if (this.#hosts.size > MOST_HOSTS && !oldest.done) this.#hosts.delete(oldest.value);
  }
}
