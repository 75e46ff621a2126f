/** Something to wait for: a ring, also one that came just before the wait, or the end of the time. */
export class Bell {
  #isRung = false;
  #end: (() => void) | null = null;

  /** Ends the present wait, or else the next one. */
  ring(): void {
    this.#isRung = true;
    this.#end?.();
  }

  /** Waits for a ring, `ms` milliseconds at most; true when it rang. */
  async wait(ms: number): Promise<boolean> {
    if (!this.#isRung) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      this.#end = resolve;
      await promise;
      clearTimeout(timer);
      this.#end = null;
    }
    const rang = this.#isRung;
    this.#isRung = false;
    return rang;
  }
}
