import type { Context } from "rookery/plugin";

/** Tokens that end and are renewed; of two sets that of the later moment (in milliseconds) counts. */
export type Renewable = { readonly at: number };

/**
 * Tokens of a service's accounts that are renewed while calls run: settings hold renewed ones from the next call on only, so calls that
 * run meanwhile find them here. Renewing goes one by one, because a token that was used once is dead.
 */
export class RenewedTokens<T extends Renewable> {
  readonly #newest = new Map<string, T>();
  readonly #turns = new Map<string, Promise<unknown>>();

  /** The tokens of an account, of those its connection holds and those made since. */
  newest({ blog }: Pick<Context, "blog">, account: string, stored: T): T {
    const known = this.#newest.get(`${blog.id} ${account}`);
    return known && known.at > stored.at ? known : stored;
  }

  /** Takes a turn: `work` finds whether somebody else renewed them meanwhile, and gives what is newest then. */
  async renew({ blog }: Pick<Context, "blog">, account: string, work: () => Promise<T>): Promise<T> {
    const key = `${blog.id} ${account}`;
    const before = this.#turns.get(key);
    const turn = before ? Promise.allSettled([before]).then(work) : work();
    this.#turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    }
  }

  /** Keeps what was made. */
  keep({ blog }: Pick<Context, "blog">, account: string, made: T): void {
    this.#newest.set(`${blog.id} ${account}`, made);
  }
}
