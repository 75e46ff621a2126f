import type { Context } from "rookery/plugin";

/** Tokens that end and are renewed; of two sets that of the later moment (in milliseconds) counts. */
export type Renewable = { readonly at: number };

/** One piece of work with an account's tokens: what its connection holds, the work, whether its answer says that they are over, and how they are renewed. */
export type WithTokens<T, A> = {
  readonly stored: () => T;
  readonly work: (tokens: T) => Promise<A>;
  readonly isOver: (answer: A) => boolean;
  readonly renew: (stale: T) => Promise<T>;
  /** Writes renewed tokens down, before they are used. */
  readonly save: (renewed: T) => Promise<unknown>;
};

/**
 * Tokens of a service's accounts that are renewed while calls run: settings hold renewed ones from the next call on only, so calls that
 * run meanwhile find them here. Renewing goes one by one, because a token that was used once is dead.
 */
export class RenewedTokens<T extends Renewable> {
  readonly #made = new Map<string, T>();
  readonly #turns = new Map<string, Promise<unknown>>();

  /** Does work as an account; when its tokens are over, once more with renewed ones. */
  async use<A>({ blog }: Pick<Context, "blog">, account: string, about: WithTokens<T, A>): Promise<A> {
    const key = `${blog.id} ${account}`;
    const tokens = this.#newest(key, about.stored());
    const answer = await about.work(tokens);
    if (!about.isOver(answer)) return answer;
    return about.work(await this.#inTurn(key, () => this.#renewed(key, tokens, about)));
  }

  async #renewed<A>(key: string, stale: T, { stored, renew, save }: WithTokens<T, A>): Promise<T> {
    // Whoever waited finds that somebody else renewed them meanwhile.
    const known = this.#newest(key, stored());
    if (known.at !== stale.at) return known;
    const made = await renew(stale);
    // Moments of one clock can be the same: what was just made is newer.
    const next = { ...made, at: Math.max(made.at, stale.at + 1) };
    this.#made.set(key, next);
    await save(next);
    return next;
  }

  #newest(key: string, stored: T): T {
    const made = this.#made.get(key);
    return made && made.at > stored.at ? made : stored;
  }

  async #inTurn(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(key);
    const turn = before ? Promise.allSettled([before]).then(work) : work();
    this.#turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    }
  }
}
