import { FetchRefused } from "./fetch-refused.ts";

/** Limits of the queue: tasks at once on one host and in all, tasks waiting for one host and in all. */
export type QueueLimits = { perHost?: number; total?: number; waitingPerHost?: number; waiting?: number };

type Waiting = { host: string; start: () => void };

/** Lets few requests run at once on each host and in all; a host that stalls holds up only itself. */
export class FetchQueue {
  readonly #limits: Required<QueueLimits>;
  readonly #running = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #total = 0;

  constructor(limits: QueueLimits = {}) {
    this.#limits = { perHost: 2, total: 50, waitingPerHost: 200, waiting: 2_000, ...limits };
  }

  /** Runs the task when its host has room; throws FetchRefused "busy" when too many wait, "aborted" when the signal ends the wait. */
  async run<T>(host: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#room(host, signal);
    try {
      return await task();
    } finally {
      this.#leave(host);
    }
  }

  #room(host: string, signal: AbortSignal | undefined): Promise<void> | void {
    if (signal?.aborted) throw new FetchRefused("aborted", { cause: signal.reason });
    if (this.#hasRoom(host)) return this.#enter(host);
    const ofHost = this.#waiting.filter((one) => one.host === host).length;
    if (ofHost >= this.#limits.waitingPerHost || this.#waiting.length >= this.#limits.waiting) throw new FetchRefused("busy");
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        host,
        start: () => {
          signal?.removeEventListener("abort", give);
          this.#enter(host);
          resolve();
        },
      };
      const give = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new FetchRefused("aborted", { cause: signal?.reason }));
      };
      signal?.addEventListener("abort", give, { once: true });
      this.#waiting.push(waiting);
    });
  }

  #hasRoom(host: string): boolean {
    return this.#total < this.#limits.total && (this.#running.get(host) ?? 0) < this.#limits.perHost;
  }

  #enter(host: string): void {
    this.#total++;
    this.#running.set(host, (this.#running.get(host) ?? 0) + 1);
  }

  #leave(host: string): void {
    this.#total--;
    const left = (this.#running.get(host) ?? 1) - 1;
    if (left > 0) this.#running.set(host, left);
    else this.#running.delete(host);
    const next = this.#waiting.findIndex((one) => this.#hasRoom(one.host));
    if (next !== -1) this.#waiting.splice(next, 1)[0]?.start();
  }
}
