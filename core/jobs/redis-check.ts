import type { Redis } from "ioredis";

/** Asks a Redis whether it is there, over one connection that is opened at the first question. Throws when it does not answer in 2 seconds. */
export class RedisCheck {
  readonly #url: string;
  #connection: Promise<Redis> | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  async ping(): Promise<void> {
    this.#connection ??= this.#open();
    await (await this.#connection).ping();
  }

  async close(): Promise<void> {
    (await this.#connection)?.disconnect();
  }

  async #open(): Promise<Redis> {
    const { Redis } = await import("ioredis");
    const redis = new Redis(this.#url, {
      connectTimeout: 2_000,
      commandTimeout: 2_000,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: true,
    });
    // Each ping reports for itself; without a listener the first trouble would end the process.
    redis.on("error", () => undefined);
    return redis;
  }
}
