import type { Bindable, Transaction } from "./storage.ts";

const most = 50;

type Waiting = {
  readonly sql: string;
  readonly values: readonly Bindable[];
  readonly resolve: (changed: number) => void;
  readonly reject: (error: unknown) => void;
};

/** Single statements that wait for one turn to write: they share its commit, and each succeeds or fails by itself. */
export class StatementGroup {
  readonly #waiting: Waiting[] = [];

  get isFull(): boolean {
    return this.#waiting.length >= most;
  }

  /** Adds one; the answer comes after the commit. */
  add(sql: string, values: readonly Bindable[]): Promise<number> {
    return new Promise((resolve, reject) => this.#waiting.push({ sql, values, resolve, reject }));
  }

  /**
   * Runs all of them by `transact`. A statement that fails undoes only itself, unless the engine gave up the transaction (`isAlive`
   * says so), or the commit fails: then none of them was done, and all hear why.
   */
  async run(transact: (work: (db: Transaction) => Promise<void>) => Promise<void>, isAlive: () => boolean): Promise<void> {
    const [done, failed] = [new Map<Waiting, number>(), new Map<Waiting, unknown>()];
    try {
      await transact(async (db) => {
        for (const one of this.#waiting)
          try {
            done.set(one, await db.run(one.sql, one.values));
          } catch (error) {
            if (this.#waiting.length === 1 || !isAlive()) throw error;
            failed.set(one, error);
          }
      });
    } catch (error) {
      for (const one of this.#waiting) one.reject(failed.get(one) ?? error);
      return;
    }
    for (const one of this.#waiting)
      if (failed.has(one)) one.reject(failed.get(one));
      else one.resolve(done.get(one) ?? 0);
  }
}
