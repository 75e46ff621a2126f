// Looked at so often within a limit: what is late by itself shows in each step.
const steps = 10;
// Beyond its limit a call may take so many milliseconds of a visitor's time, however busy the machine is.
const grace = 5_000;

/**
 * The time a call has had. A timer that fires late says that the process did not get on, for the machine or other requests kept
 * it busy; that is not the time of whoever waits for a query, so no step counts for more than it was meant to last.
 */
export class FairTime {
  readonly #startedAt = performance.now();
  #steppedAt = this.#startedAt;
  #step = 0;
  #counted = 0;

  /** How long to wait until the next look. */
  step(rest: number, limit: number): number {
    this.#steppedAt = performance.now();
    this.#step = Math.max(1, Math.min(rest, limit / steps));
    return this.#step;
  }

  /** The milliseconds left of a limit. */
  rest(limit: number): number {
    const now = performance.now();
    this.#counted += Math.min(now - this.#steppedAt, this.#step);
    return Math.min(limit - this.#counted, limit + grace - (now - this.#startedAt));
  }
}
