import type { Clock } from "../clock.ts";
import type { Storage } from "../storage/storage.ts";

/**
 * The time that leases are measured by. Several machines must agree on it, so on a database server it is our clock moved by
 * how far it is from the server's, measured once a minute; on SQLite everyone shares one machine's clock.
 */
export class LeaseClock {
  readonly #storage: Storage;
  readonly #clock: Clock;
  #offset = 0;
  #measuredAt = -Infinity;

  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** Now, as every process on this database sees it, give or take a second. */
  async now(): Promise<Date> {
    if (this.#storage.dialect === "mysql" && performance.now() - this.#measuredAt > 60_000) await this.#measure();
    return new Date(this.#clock.now().getTime() + this.#offset);
  }

  async #measure(): Promise<void> {
    const rows = await this.#storage.query<{ seconds: string | number }>("SELECT UNIX_TIMESTAMP(NOW(3)) AS seconds");
    const offset = Number(rows[0]?.seconds ?? 0) * 1000 - Date.now();
    // The answer's own journey makes small differences meaningless.
    this.#offset = Math.abs(offset) < 1000 ? 0 : offset;
    this.#measuredAt = performance.now();
  }
}
