import type { Storage } from "../storage/storage.ts";

const overlap = 60_000;

/** What changed since the last look: ids of blogs, "site", "plugins". */
type Changes = (since: string) => Promise<readonly { scope: string; number: number; changedAt: string }[]>;

/**
 * Follows what other processes change. On SQLite a look costs one pragma and is made at most every few milliseconds; on
 * MySQL it is one small query. A reader never sees a page older than `interval` milliseconds.
 */
export class Freshness {
  readonly #storage: Storage;
  readonly #changes: Changes;
  readonly #onChange: (scope: string) => void | Promise<void>;
  readonly #interval: number;
  readonly #seen = new Map<string, number>();
  #dataVersion: number | null;
  #lookedAt = -Infinity;
  #latest = "";
  #looking: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #commits = 0;

  constructor(
    storage: Storage,
    options: { changes: Changes; onChange: (scope: string) => void | Promise<void>; interval?: number },
  ) {
    this.#storage = storage;
    this.#changes = options.changes;
    this.#onChange = options.onChange;
    this.#interval = options.interval ?? 20;
    this.#dataVersion = storage.dataVersion();
  }

  /** True when the last look is recent enough, or nothing at all was committed since: no need to wait. */
  isFresh(): boolean {
    const now = performance.now();
    if (now - this.#lookedAt < this.#interval) return true;
    if (this.#dataVersion === null) return false;
    const version = this.#storage.dataVersion();
    if (version !== this.#dataVersion) return false;
    this.#lookedAt = now;
    return true;
  }

  /** Looks now. A look that began before may have missed what this asker knows of: all who ask meanwhile share the next one. */
  look(): Promise<void> {
    if (!this.#looking) return this.#start();
    this.#next ??= this.#looking.then(
      () => this.#start(),
      () => this.#start(),
    );
    return this.#next;
  }

  #start(): Promise<void> {
    this.#next = null;
    const looking = this.#look().finally(() => {
      if (this.#looking === looking) this.#looking = null;
    });
    this.#looking = looking;
    return looking;
  }

  /**
   * Notes what this process itself changed, so that it is not taken for somebody else's. When another process changed it in
   * between, the number is not the next one: then the look that follows must find it.
   */
  own(scope: string, number: number): void {
    if (number === (this.#seen.get(scope) ?? 0) + 1) this.#seen.set(scope, number);
  }

  /** Something was committed in this process: the next to ask looks, however recent the last look was. */
  stale(): void {
    this.#lookedAt = -Infinity;
    this.#commits++;
  }

  // Other machines' clocks may be behind, and transactions may commit later than they were stamped.
  #since(): string {
    return this.#latest === "" ? "" : new Date(Date.parse(this.#latest) - overlap).toISOString();
  }

  async #look(): Promise<void> {
    const at = performance.now();
    const commits = this.#commits;
    const version = this.#storage.dataVersion();
    for (const change of await this.#changes(this.#since())) {
      if (change.changedAt > this.#latest) this.#latest = change.changedAt;
      if ((this.#seen.get(change.scope) ?? -1) >= change.number) continue;
      // Noted only once it is followed: when that fails (the database is away), the next look tries again.
      await this.#onChange(change.scope);
      this.#seen.set(change.scope, Math.max(change.number, this.#seen.get(change.scope) ?? 0));
    }
    this.#dataVersion = version;
    if (commits === this.#commits) this.#lookedAt = at;
  }
}
