/** Texts by a text, the last few thousand of them: what was not asked for during a generation goes with the next. */
export class Remembered {
  readonly #most: number;
  #young = new Map<string, string>();
  #old = new Map<string, string>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What is remembered of a text, else what `make` gives. */
  get(text: string, make: (text: string) => string): string {
    const known = this.#young.get(text);
    if (known !== undefined) return known;
    const made = this.#old.get(text) ?? make(text);
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, made);
    return made;
  }

  forget(): void {
    this.#young = new Map();
    this.#old = new Map();
  }
}
