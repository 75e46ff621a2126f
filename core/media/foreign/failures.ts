type Failure = { readonly until: number; readonly pause: number };

const [minute, hour, mostRemembered] = [60_000, 3_600_000, 5_000] as const;

/** Pictures that could not be had, and until when they are not asked for again: each time twice as long. */
export class Failures {
  readonly #known = new Map<string, Failure>();
  readonly #now: () => number;

  /** `now` gives milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether a picture is left alone for now. */
  isOpen(name: string): boolean {
    return (this.#known.get(name)?.until ?? 0) > this.#now();
  }

  /** It could not be had: it rests for a minute up to an hour, or for an hour up to a day when that will hardly change. */
  note(name: string, isLasting: boolean): void {
    const [shortest, longest] = isLasting ? [hour, 24 * hour] : [minute, hour];
    const pause = Math.min(Math.max((this.#known.get(name)?.pause ?? 0) * 2, shortest), longest);
    this.#known.delete(name);
    this.#known.set(name, { until: this.#now() + pause, pause });
    // A map keeps the order of writing.
    const oldest = this.#known.keys().next();
    if (this.#known.size > mostRemembered && !oldest.done) this.#known.delete(oldest.value);
  }

  /** It was had. */
  forget(name: string): void {
    this.#known.delete(name);
  }
}
