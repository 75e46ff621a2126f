/** A clock that only a test moves. */
export class TestClock {
  #now: Date;
  #waiting: { readonly at: number; readonly resolve: () => void }[] = [];

  constructor(start: string) {
    this.#now = new Date(start);
  }

  /** The moment it stands at. */
  now(): Date {
    return this.#now;
  }

  /** Moves it on; what waited for that time goes on. */
  advance(by: Temporal.DurationLike): void {
    this.set(
      new Date(Temporal.Instant.fromEpochMilliseconds(this.#now.getTime()).toZonedDateTimeISO("UTC").add(by).epochMilliseconds),
    );
  }

  /** Puts it to a moment. */
  set(moment: Date | string): void {
    this.#now = new Date(moment);
    const due = this.#waiting.filter(({ at }) => at <= this.#now.getTime());
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    for (const { resolve } of due) resolve();
  }

  /** Resolves when so many milliseconds have gone by. */
  reached(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ at: this.#now.getTime() + milliseconds, resolve }));
  }
}
